/**
 * Checks the worker from outside, by the audit log of the API server and the records on the topics.
 * For the demo, the chaos runs and the benchmarks.
 */
@NullMarked
package io.firesteel.local.verify;

import org.jspecify.annotations.NullMarked;
