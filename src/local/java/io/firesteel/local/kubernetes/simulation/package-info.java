/**
 * Simulated pods: an annotation says how long a pod runs and how it ends, and no process runs. For
 * tests and benchmarks with thousands of pods.
 */
@NullMarked
package io.firesteel.local.kubernetes.simulation;

import org.jspecify.annotations.NullMarked;
