/**
 * Checks the worker from outside: by the cluster's audit log and by the records on the topics, not
 * by its own word. Used by the demo, the chaos tests and the benchmarks.
 */
@NullMarked
package io.firesteel.local.verify;

import org.jspecify.annotations.NullMarked;
