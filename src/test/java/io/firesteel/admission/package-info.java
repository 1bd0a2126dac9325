@NullMarked
package io.firesteel.admission;

import org.jspecify.annotations.NullMarked;
