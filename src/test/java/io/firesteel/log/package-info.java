/** Reads back what was logged. */
@NullMarked
package io.firesteel.log;

import org.jspecify.annotations.NullMarked;
