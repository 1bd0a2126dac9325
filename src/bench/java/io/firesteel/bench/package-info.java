/** Benchmarks, run by {@code ./firesteel bench}. Each prints one last line for comparison. */
@NullMarked
package io.firesteel.bench;

import org.jspecify.annotations.NullMarked;
