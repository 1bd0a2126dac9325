/** What is known of a pod's containers, what to do next, and the status to report. Pure. */
@NullMarked
package io.firesteel.local.kubelet.status;

import org.jspecify.annotations.NullMarked;
