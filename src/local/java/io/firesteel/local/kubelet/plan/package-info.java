/**
 * How to start a container, computed from the pod: entry point, environment, volumes and mount
 * paths. Has no side effects; reads the cluster through {@link
 * io.firesteel.local.kubelet.plan.NamespaceObjects}.
 */
@NullMarked
package io.firesteel.local.kubelet.plan;

import org.jspecify.annotations.NullMarked;
