@NullMarked
package io.firesteel.admission.moves;

import org.jspecify.annotations.NullMarked;
