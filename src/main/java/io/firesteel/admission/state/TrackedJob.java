package io.firesteel.admission.state;

import io.firesteel.event.DriverPod;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingStatus;
import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that admission keeps of a job beside the request itself.
 *
 * @param since when it came into its phase
 * @param attempt number of the current or last attempt, 0 before the first
 * @param pod the driver pod of that attempt, once seen
 * @param waiting why it waits, as last told
 * @param sequence number of the last event about it
 * @param updatedAt time of that event; events of a job never go back in time
 */
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
    Instant updatedAt) {

  /**
   * What counts against the retry budget.
   *
   * @param run attempts that ran and failed
   * @param submission attempts of which nothing was created
   */
  public record FailureCounts(int run, int submission) {
    public static final FailureCounts NONE = new FailureCounts(0, 0);
  }

  public static TrackedJob arriving(JobMetadata head, Timeline timeline, Instant now) {
    return new TrackedJob(
        head, new JobState.Queued(), now, 0, FailureCounts.NONE, null, timeline, null, 0, now);
  }

  public JobKey key() {
    return head.key();
  }

  public TrackedJob withState(JobState next) {
    return new TrackedJob(
        head, next, since, attempt, failures, pod, timeline, null, sequence, updatedAt);
  }

  public TrackedJob since(Instant since) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, updatedAt);
  }

  public TrackedJob head(JobMetadata head) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, updatedAt);
  }

  /** The next attempt begins; its pod is another one. */
  public TrackedJob startAttempt(int number) {
    return new TrackedJob(
        head, state, since, number, failures, null, timeline, waiting, sequence, updatedAt);
  }

  public TrackedJob failures(FailureCounts failureCounts) {
    return new TrackedJob(
        head, state, since, attempt, failureCounts, pod, timeline, waiting, sequence, updatedAt);
  }

  public TrackedJob pod(DriverPod pod) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, updatedAt);
  }

  public TrackedJob timeline(Timeline timeline) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, updatedAt);
  }

  public TrackedJob waiting(@Nullable WaitingStatus waitingStatus) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waitingStatus, sequence, updatedAt);
  }

  public TrackedJob published(long sequence, Instant at) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, at);
  }
}
