package io.firesteel.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job waits, as it was when it began to wait for that.
 *
 * @param position its place in the tenant's queue, 1 is next; null while it is not in the queue or
 *     when it is too far back to count
 * @param until when that wait ends by itself, if it does
 * @param jobs the ids of the jobs it waits for
 */
public record WaitingStatus(
    WaitingReason reason, @Nullable Long position, @Nullable Instant until, List<String> jobs) {

  public WaitingStatus {
    jobs = List.copyOf(jobs);
  }

  /** Waits for a point in time. */
  public static WaitingStatus until(WaitingReason reason, Instant until) {
    return new WaitingStatus(reason, null, until, List.of());
  }
}
