/**
 * The laptop platform's Kubernetes API server: one process that answers HTTP as a kube-apiserver
 * does wherever Firesteel, Spark and {@code kubectl} touch it, with everything kept in memory.
 *
 * <p>A request travels {@code ApiServer} (HTTP) → {@code ResourceRoutes} or {@code WatchRoute} →
 * {@code Registry} (the rules of a write) → {@code ObjectStore} (the data) → {@code History} (what
 * watchers read). Beside it run the {@code Collector} (owner references, namespaces) and the {@code
 * AuditLog}, by which tests judge the product.
 *
 * <p>It is a stand-in, kept honest by contract tests with the real clients; nothing of it is part
 * of the worker's artifact.
 */
@NullMarked
package io.firesteel.local.kubernetes;

import org.jspecify.annotations.NullMarked;
