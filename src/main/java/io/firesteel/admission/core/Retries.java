package io.firesteel.admission.core;

import io.firesteel.admission.state.JobState.Running;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.admission.state.TrackedJob.FailureCounts;
import io.firesteel.job.Failure;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether another attempt follows a failed one, and after which backoff. The rules are
 * those of the Spark operator's {@code restartPolicy}, and one more: {@code OnFailure} does not
 * repeat a failure that is not retryable. The backoff doubles with each failure, plus jitter of up
 * to a fifth, which is the same for every replay.
 */
final class Retries {

  private static final int JITTER_DIVISOR = 5;
  private static final int MAX_SHIFT = 30;

  private final AdmissionSettings settings;

  Retries(AdmissionSettings settings) {
    this.settings = settings;
  }

  /**
   * The failures including this one. If the attempt ran for long enough, the count starts again.
   */
  FailureCounts countFailure(TrackedJob job, boolean submission, Instant finishedAt) {
    FailureCounts before = ranLongEnough(job, finishedAt) ? FailureCounts.NONE : job.failures();
    return submission
        ? new FailureCounts(before.run(), before.submission() + 1)
        : new FailureCounts(before.run() + 1, before.submission());
  }

  /** Whether another attempt follows, given the failures counted so far. */
  static boolean allowed(
      RetryPolicy policy, FailureCounts counted, Failure failure, boolean submission) {
    return switch (policy.type()) {
      case NEVER -> false;
      case ALWAYS -> true;
      case ON_FAILURE ->
          failure.retryable()
              && (submission
                  ? counted.submission() <= policy.onSubmissionFailureRetries()
                  : counted.run() <= policy.onFailureRetries());
    };
  }

  /** The backoff before the next attempt. */
  Duration backoff(TrackedJob job, FailureCounts counted, boolean submission) {
    RetryPolicy policy = job.head().retry();
    Duration first =
        submission ? policy.onSubmissionFailureRetryInterval() : policy.onFailureRetryInterval();
    int times = submission ? counted.submission() : counted.run();
    Duration grown = exponential(first, times);
    long spread = Math.floorMod(jitterHash(job), grown.toMillis() / JITTER_DIVISOR + 1);
    return grown.plusMillis(spread);
  }

  private Duration exponential(Duration first, int times) {
    if (first.isNegative() || first.compareTo(settings.maxBackoff()) >= 0) {
      return first.isNegative() ? Duration.ZERO : settings.maxBackoff();
    }
    Duration grown = first.multipliedBy(1L << Math.clamp(times - 1, 0, MAX_SHIFT));
    return grown.compareTo(settings.maxBackoff()) > 0 ? settings.maxBackoff() : grown;
  }

  private boolean ranLongEnough(TrackedJob job, Instant finishedAt) {
    return job.state() instanceof Running(var startedAt, _, _)
        && Duration.between(startedAt, finishedAt).compareTo(settings.resetRetriesAfter()) >= 0;
  }

  /**
   * Depends on the job and the attempt only, so a replay gives the same jitter, while jobs that
   * failed together retry at different times.
   */
  private static int jitterHash(TrackedJob job) {
    int hash = job.key().toString().hashCode() * 31 + job.attempt();
    hash ^= hash >>> 16;
    hash *= 0x45d9f3b;
    return hash ^ (hash >>> 16);
  }
}
