/**
 * Reusable jobs: a SparkApplication spec with typed parameters and placeholders for them. No code,
 * no expressions.
 */
@NullMarked
package io.firesteel.template;

import org.jspecify.annotations.NullMarked;
