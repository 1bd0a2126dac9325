/**
 * Reusable jobs: a SparkApplication spec with typed parameters and placeholders, without code or
 * expressions.
 */
@NullMarked
package io.firesteel.template;

import org.jspecify.annotations.NullMarked;
