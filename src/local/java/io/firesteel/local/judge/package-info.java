/**
 * Judges Firesteel from outside: by the cluster's audit log and by what is on the topics, not by
 * its own word. Used by the demo, the crash tests and the benchmarks.
 */
@NullMarked
package io.firesteel.local.judge;

import org.jspecify.annotations.NullMarked;
