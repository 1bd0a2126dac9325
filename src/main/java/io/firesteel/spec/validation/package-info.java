/** Reads and validates a SparkApplication spec. */
@NullMarked
package io.firesteel.spec.validation;

import org.jspecify.annotations.NullMarked;
