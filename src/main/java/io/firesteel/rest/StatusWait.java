package io.firesteel.rest;

import io.firesteel.event.JobStatus;
import io.firesteel.job.JobKey;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.JobQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the status shows what a call has asked for, if the call prefers that: {@code Prefer:
 * wait=5}. Otherwise a caller may read its own change only a moment later. Thread-safe.
 */
@Singleton
class StatusWait {

  private static final Pattern WAIT = Pattern.compile("(?:.*[,;\\s])?wait\\s*=\\s*(\\d{1,4}).*");
  private static final int MAX_SECONDS = 30;
  private static final Duration POLL = Duration.ofMillis(25);

  private final JobQueries queries;

  StatusWait(JobQueries queries) {
    this.queries = queries;
  }

  /** The job once it is as wanted; empty if the caller does not wait, or not for long enough. */
  Optional<JobStatus> job(JobKey key, @Nullable String prefer, Predicate<JobStatus> wanted) {
    return until(prefer, () -> queries.job(key).filter(wanted));
  }

  /** A value once it is there. */
  <T> Optional<T> until(@Nullable String prefer, Supplier<Optional<T>> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds(prefer)).toNanos();
    Optional<T> found = Optional.empty();
    while (found.isEmpty() && System.nanoTime() < end) {
      found = wanted.get();
      if (found.isEmpty()) {
        pause();
      }
    }
    return found;
  }

  /** How long a caller prefers to wait; 0 if it does not say. */
  static int seconds(@Nullable String prefer) {
    Matcher matcher = WAIT.matcher(prefer == null ? "" : prefer);
    return matcher.matches() ? Math.min(MAX_SECONDS, Integer.parseInt(matcher.group(1))) : 0;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemCode.UNAVAILABLE, "the worker stops");
    }
  }
}
