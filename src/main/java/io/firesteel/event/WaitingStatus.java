package io.firesteel.event;

import io.firesteel.job.Dependency;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job waits, as of the moment when the wait began.
 *
 * @param position its position in the tenant's queue, from 1; null if it is not in the queue or too
 *     far back to count
 * @param until when the wait ends at the latest, if that is known
 * @param jobs the ids of the jobs that it waits for
 */
public record WaitingStatus(
    WaitingReason reason, @Nullable Long position, @Nullable Instant until, List<String> jobs) {

  public WaitingStatus {
    jobs = List.copyOf(jobs);
  }

  /** Waits for other jobs; {@code until} ends the wait for those that were never submitted. */
  public static WaitingStatus dependencies(List<Dependency> on, @Nullable Instant until) {
    return new WaitingStatus(
        WaitingReason.DEPENDENCY,
        null,
        until,
        on.stream().map(Dependency::jobId).distinct().toList());
  }

  /** Waits for a point in time. */
  public static WaitingStatus until(WaitingReason reason, Instant until) {
    return new WaitingStatus(reason, null, until, List.of());
  }
}
