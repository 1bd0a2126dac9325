/**
 * Containers as local processes: started and killed as a group, with a memory limit, and killed
 * when the kubelet dies.
 */
@NullMarked
package io.firesteel.local.kubelet.process;

import org.jspecify.annotations.NullMarked;
