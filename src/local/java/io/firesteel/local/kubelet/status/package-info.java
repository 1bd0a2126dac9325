/** Container records, the next actions for a pod, and its status. Pure. */
@NullMarked
package io.firesteel.local.kubelet.status;

import org.jspecify.annotations.NullMarked;
