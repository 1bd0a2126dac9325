/**
 * The node of the laptop platform: a kubelet and a scheduler that run each pod's containers as
 * processes of this machine. The API server and its clients see what the real ones would show: the
 * same conditions, reasons, messages and events, the same waiting, the same ends. There are no
 * images, no namespaces, no probes and no network policies. For Linux.
 *
 * <p>{@code Kubelet} runs a node. {@code plan} works out what a container is started with, {@code
 * process} starts it, {@code status} decides what to do next and what to report, {@code spark}
 * holds the Spark that pods run.
 */
@NullMarked
package io.firesteel.local.kubelet;

import org.jspecify.annotations.NullMarked;
