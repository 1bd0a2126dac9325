package io.firesteel.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long a shard puts up with things.
 *
 * @param keepFinished how long an ended driver pod is kept, unless its job says otherwise
 * @param keepFailed how long at least one that failed is kept; null for no longer than others
 * @param mendingWithin how long a driver may wait for something that cannot heal by itself
 * @param roomWithin how long a driver may wait for a node with room
 * @param forceAfter how long after its grace a deleted pod may still be there
 * @param investigate whether a failure carries events and the end of the log
 */
record Limits(
    Duration keepFinished,
    @Nullable Duration keepFailed,
    Duration mendingWithin,
    Duration roomWithin,
    Duration forceAfter,
    boolean investigate) {

  /** How long an ended pod is kept. */
  Duration keep(PodView pod) {
    Duration asked = pod.keep() == null ? keepFinished : pod.keep();
    boolean longer =
        pod.phase().equals("Failed") && keepFailed != null && keepFailed.compareTo(asked) > 0;
    return longer && keepFailed != null ? keepFailed : asked;
  }
}
