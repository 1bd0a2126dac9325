package io.firesteel.admission;

import io.firesteel.admission.JobState.Running;
import io.firesteel.admission.TrackedJob.Failures;
import io.firesteel.job.Failure;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a failed attempt is followed by another, and after what pause. The rules are the Spark
 * operator's {@code restartPolicy}, and one more: {@code OnFailure} does not repeat what cannot
 * help. The pause doubles with each failure and is spread by up to a fifth, the same for every
 * replay.
 */
final class Retries {

  private static final int SPREAD = 5;
  private static final int LARGEST_SHIFT = 30;

  private final AdmissionSettings settings;

  Retries(AdmissionSettings settings) {
    this.settings = settings;
  }

  /** The budget after one more failure; a stable run before it wipes out what was counted. */
  Failures counted(TrackedJob job, boolean submission, Instant finishedAt) {
    Failures sofar = stable(job, finishedAt) ? Failures.NONE : job.failures();
    return submission
        ? new Failures(sofar.run(), sofar.submission() + 1)
        : new Failures(sofar.run() + 1, sofar.submission());
  }

  /** Whether there is another attempt, given the failures counted so far. */
  static boolean allowed(
      RetryPolicy policy, Failures counted, Failure failure, boolean submission) {
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

  /** How long to wait before the next attempt. */
  Duration pause(TrackedJob job, Failures counted, boolean submission) {
    RetryPolicy policy = job.head().retry();
    Duration first =
        submission ? policy.onSubmissionFailureRetryInterval() : policy.onFailureRetryInterval();
    int times = submission ? counted.submission() : counted.run();
    Duration grown = grown(first, times);
    long spread = Math.floorMod(mixed(job), grown.toMillis() / SPREAD + 1);
    return grown.plusMillis(spread);
  }

  private Duration grown(Duration first, int times) {
    if (first.isNegative() || first.compareTo(settings.longestBackoff()) >= 0) {
      return first.isNegative() ? Duration.ZERO : settings.longestBackoff();
    }
    Duration grown = first.multipliedBy(1L << Math.clamp(times - 1, 0, LARGEST_SHIFT));
    return grown.compareTo(settings.longestBackoff()) > 0 ? settings.longestBackoff() : grown;
  }

  private boolean stable(TrackedJob job, Instant finishedAt) {
    return job.state() instanceof Running(var startedAt, _, _)
        && Duration.between(startedAt, finishedAt).compareTo(settings.stableRun()) >= 0;
  }

  /** Depends on job and attempt only, so that jobs which failed together do not return together. */
  private static int mixed(TrackedJob job) {
    int hash = job.key().toString().hashCode() * 31 + job.attempt();
    hash ^= hash >>> 16;
    hash *= 0x45d9f3b;
    return hash ^ (hash >>> 16);
  }
}
