package io.firesteel.admission;

import io.firesteel.event.DriverPod;
import io.firesteel.event.Timeline;
import io.firesteel.event.Waiting;
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
 * @param toldAt time of that event; events of a job never go back in time
 */
record TrackedJob(
    JobHead head,
    JobState state,
    Instant since,
    int attempt,
    Failures failures,
    @Nullable DriverPod pod,
    Timeline timeline,
    @Nullable Waiting waiting,
    long sequence,
    Instant toldAt) {

  /**
   * What counts against the retry budget.
   *
   * @param run attempts that ran and failed
   * @param submission attempts of which nothing was created
   */
  record Failures(int run, int submission) {
    static final Failures NONE = new Failures(0, 0);
  }

  static TrackedJob arriving(JobHead head, Timeline timeline, Instant now) {
    return new TrackedJob(
        head, new JobState.Queued(), now, 0, Failures.NONE, null, timeline, null, 0, now);
  }

  JobKey key() {
    return head.key();
  }

  TrackedJob in(JobState next) {
    return new TrackedJob(
        head, next, since, attempt, failures, pod, timeline, null, sequence, toldAt);
  }

  TrackedJob since(Instant since) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  TrackedJob head(JobHead head) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  /** The next attempt begins; its pod is another one. */
  TrackedJob attempting(int number) {
    return new TrackedJob(
        head, state, since, number, failures, null, timeline, waiting, sequence, toldAt);
  }

  TrackedJob failures(Failures failures) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  TrackedJob pod(DriverPod pod) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  TrackedJob timeline(Timeline timeline) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  TrackedJob waiting(@Nullable Waiting waiting) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, toldAt);
  }

  TrackedJob told(long sequence, Instant at) {
    return new TrackedJob(
        head, state, since, attempt, failures, pod, timeline, waiting, sequence, at);
  }
}
