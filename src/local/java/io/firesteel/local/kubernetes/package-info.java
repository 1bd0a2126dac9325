/**
 * The local API server: one process that behaves like a kube-apiserver where Firesteel, Spark and
 * {@code kubectl} depend on it, with all objects in memory. {@code KubernetesApi} starts it.
 *
 * <p>A write goes through {@code http} (requests and responses), {@code rules} (defaults,
 * validation, {@code patch}) and {@code store}. A {@code watch} reads the watch cache of the store.
 * {@code controller}s handle owner references, namespaces and expired events. Tests check the
 * worker by the {@code audit} log. {@code simulation} runs pods without processes.
 */
@NullMarked
package io.firesteel.local.kubernetes;

import org.jspecify.annotations.NullMarked;
