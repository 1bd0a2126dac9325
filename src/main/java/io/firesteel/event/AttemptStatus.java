package io.firesteel.event;

import io.firesteel.job.Failure;
import io.firesteel.job.TruncatedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that another one followed.
 *
 * @param number from 1
 * @param driver null if no pod was observed
 * @param failure without the end of the log; null for an attempt that succeeded
 */
public record AttemptStatus(
    int number,
    @Nullable DriverPod driver,
    @Nullable Instant admittedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Failure failure) {

  /** Each status of the job carries its attempts, so their messages are cut, in bytes. */
  private static final int MAX_MESSAGE = 1 << 10;

  /** An attempt by the stages that the job has reached in it. */
  public static AttemptStatus of(
      int number, @Nullable DriverPod driver, Timeline stages, @Nullable Failure failure) {
    return new AttemptStatus(
        number,
        driver,
        stages.admittedAt(),
        stages.submittedAt(),
        stages.startedAt(),
        stages.finishedAt(),
        failure == null ? null : shortened(failure));
  }

  private static Failure shortened(Failure failure) {
    return new Failure(
        failure.category(),
        failure.retryable(),
        failure.exitCode(),
        failure.reason(),
        TruncatedText.beginning(failure.message(), MAX_MESSAGE),
        null);
  }
}
