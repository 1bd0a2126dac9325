package io.firesteel.cluster.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long a shard puts up with things.
 *
 * @param keepFinished how long an ended driver pod is kept, unless its job says otherwise
 * @param keepFailed how long at least one that failed is kept; null for no longer than others
 * @param startTimeout how long a driver may wait for something that cannot heal by itself
 * @param schedulingTimeout how long a driver may wait for a node with room
 * @param forceDeletionAfter how long after its grace a deleted pod may still be there
 * @param collectDiagnostics whether a failure carries events and the end of the log
 */
public record ReconcilerSettings(
    Duration keepFinished,
    @Nullable Duration keepFailed,
    Duration startTimeout,
    Duration schedulingTimeout,
    Duration forceDeletionAfter,
    boolean collectDiagnostics) {

  /** How long an ended pod is kept. */
  Duration retention(PodView pod) {
    Duration asked = pod.keepFor() == null ? keepFinished : pod.keepFor();
    boolean longer =
        pod.phase().equals("Failed") && keepFailed != null && keepFailed.compareTo(asked) > 0;
    return longer && keepFailed != null ? keepFailed : asked;
  }
}
