/**
 * What a container is started with, worked out from the pod alone: the image's entry point, the
 * environment, the contents of its volumes, and where its mount paths lie on this machine. Decides,
 * but touches nothing: it reads the cluster through {@link
 * io.firesteel.local.kubelet.plan.NamespaceObjects}.
 */
@NullMarked
package io.firesteel.local.kubelet.plan;

import org.jspecify.annotations.NullMarked;
