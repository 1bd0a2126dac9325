/**
 * The node of the laptop platform: a kubelet and a scheduler that run the containers of pods as
 * local processes, with the conditions, reasons, messages, events and back-off of the real ones. No
 * images, namespaces, probes or network policies. Linux only: it needs {@code /proc} and the
 * addresses of 127.0.0.0/8.
 *
 * <p>{@code Kubelet} runs a node. {@code plan} computes how to start a container, {@code process}
 * starts it, {@code status} computes the next steps and the status, {@code spark} prepares the
 * Spark for pods.
 */
@NullMarked
package io.firesteel.local.kubelet;

import org.jspecify.annotations.NullMarked;
