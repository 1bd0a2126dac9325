/** Validation against {@code schemas/} for the tests of several features. */
@NullMarked
package io.firesteel.schema;

import org.jspecify.annotations.NullMarked;
