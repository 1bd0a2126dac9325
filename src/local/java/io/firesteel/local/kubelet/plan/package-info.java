/**
 * What a container is to be run with, worked out from the pod alone: the image's entry point, the
 * environment, the contents of its volumes, and where its mount paths lie on this machine. Decides,
 * but touches nothing: whatever it needs from the cluster comes through {@link
 * io.firesteel.local.kubelet.plan.Sources}.
 */
@NullMarked
package io.firesteel.local.kubelet.plan;

import org.jspecify.annotations.NullMarked;
