@NullMarked
package io.firesteel;

import org.jspecify.annotations.NullMarked;
