/**
 * The node of the laptop platform: a kubelet, and the scheduler that fills it, that run each pod's
 * containers as processes of this machine. To the API server, and to whoever watches it, they
 * behave as the real ones: the same conditions, reasons, messages and events, the same waiting for
 * what is not there yet, the same ends. What they have not: images, namespaces, probes, and a
 * network policy. For Linux.
 *
 * <p>{@link io.firesteel.local.kubelet.Kubelet} runs a node, {@link
 * io.firesteel.local.kubelet.SparkRuntime} is the Spark it runs pods with, and {@link
 * io.firesteel.local.kubelet.PrepareSpark} gets that ready.
 */
@NullMarked
package io.firesteel.local.kubelet;

import org.jspecify.annotations.NullMarked;
