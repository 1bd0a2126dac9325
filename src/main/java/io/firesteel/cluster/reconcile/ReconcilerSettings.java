package io.firesteel.cluster.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The installation, and the timeouts and retention of its driver pods.
 *
 * @param installation the id of this installation, whose pods alone it deletes
 * @param keepFinished how long an ended driver pod is kept, unless its job says otherwise
 * @param keepFailed the minimum time for which a failed driver pod is kept; null for no minimum
 * @param startTimeout how long a driver may wait on an error that needs a fix
 * @param schedulingTimeout how long a driver may wait to be scheduled
 * @param forceDeleteAfter how long a pod may outlive its grace period before it is deleted by force
 * @param collectDiagnostics whether failures carry warning events and the end of the log
 */
public record ReconcilerSettings(
    String installation,
    Duration keepFinished,
    @Nullable Duration keepFailed,
    Duration startTimeout,
    Duration schedulingTimeout,
    Duration forceDeleteAfter,
    boolean collectDiagnostics) {

  /** How long an ended pod is kept. */
  Duration retention(PodView pod) {
    Duration asked = pod.keepFor() == null ? keepFinished : pod.keepFor();
    return pod.phase().equals("Failed") && keepFailed != null && keepFailed.compareTo(asked) > 0
        ? keepFailed
        : asked;
  }
}
