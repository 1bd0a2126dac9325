/**
 * What it costs: measurements that print one last line to compare, run by {@code ./firesteel
 * bench}.
 */
@NullMarked
package io.firesteel.bench;

import org.jspecify.annotations.NullMarked;
