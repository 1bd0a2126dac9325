/**
 * The laptop platform's Kubernetes API server: one process that answers HTTP as a kube-apiserver
 * does wherever Firesteel, Spark and {@code kubectl} touch it, with everything kept in memory.
 * {@code KubernetesApi} starts it.
 *
 * <p>A write travels {@code http} (requests and responses) → {@code rules} (defaults, validation,
 * {@code patch}) → {@code store}. A {@code watch} reads what the store's watch cache keeps. Beside
 * it run the {@code controller}s (owner references, namespaces, expired events) and the {@code
 * audit} log, by which tests check the worker. {@code simulation} plays pods that need no process.
 *
 * <p>Contract tests with the real clients keep it honest. Nothing of it is part of the worker's
 * artifact.
 */
@NullMarked
package io.firesteel.local.kubernetes;

import org.jspecify.annotations.NullMarked;
