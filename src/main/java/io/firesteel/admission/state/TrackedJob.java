package io.firesteel.admission.state;

import io.firesteel.event.DriverPod;
import io.firesteel.event.JobStatus.AttemptStatus;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What admission stores about a job, except for the request itself.
 *
 * @param since when the job entered its phase
 * @param attempt number of the current or last attempt; 0 before the first
 * @param pod the driver pod of that attempt; null until it has been observed
 * @param waiting why the job waits, as last published
 * @param sequence number of the last event about the job
 * @param updatedAt time of that event; the times of a job's events never decrease
 * @param attempts the last attempts before the current one, in order
 */
@RecordBuilder
public record TrackedJob(
    JobMetadata head,
    JobState state,
    Instant since,
    int attempt,
    FailureCounts failures,
    @Nullable DriverPod pod,
    Timeline timeline,
    @Nullable WaitingStatus waiting,
    long sequence,
    Instant updatedAt,
    List<AttemptStatus> attempts)
    implements TrackedJobBuilder.With {

  private static final int MAX_ATTEMPTS = 10;

  public TrackedJob {
    // Workers of an earlier release do not write it.
    attempts = List.copyOf(Objects.requireNonNullElse(attempts, List.of()));
  }

  /**
   * What counts against the retry budget.
   *
   * @param run attempts that ran and failed
   * @param submission attempts for which no pod was created
   */
  public record FailureCounts(int run, int submission) {
    public static final FailureCounts NONE = new FailureCounts(0, 0);
  }

  /** A job whose request has just arrived. */
  public static TrackedJob arriving(JobMetadata head, Timeline timeline, Instant now) {
    return new TrackedJob(
        head,
        new JobState.Queued(),
        now,
        0,
        FailureCounts.NONE,
        null,
        timeline,
        null,
        0,
        now,
        List.of());
  }

  /** The tenant and the id of the job. */
  public JobKey key() {
    return head.key();
  }

  /** Enters a state and clears {@code waiting}, which described the state before. */
  @Override
  public TrackedJob withState(JobState next) {
    return with(job -> job.state(next).waiting(null));
  }

  /** Keeps how the current attempt ended, and forgets the oldest one if there are many. */
  public TrackedJob keepAttempt(@Nullable Failure failure) {
    List<AttemptStatus> kept = new ArrayList<>(attempts);
    kept.add(AttemptStatus.of(attempt, pod, timeline, failure));
    return withAttempts(kept.subList(Math.max(0, kept.size() - MAX_ATTEMPTS), kept.size()));
  }

  /** Begins the next attempt, which has no pod yet. */
  public TrackedJob startAttempt(int number) {
    return with(job -> job.attempt(number).pod(null));
  }

  /** Counts one more event, published at this time. */
  public TrackedJob published(Instant at) {
    return with(job -> job.sequence(sequence + 1).updatedAt(at));
  }
}
