package io.firesteel.admission.core;

import io.firesteel.job.JobKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision failed unexpectedly and changed nothing. The cause is a bug or stored state that
 * cannot be read; the message and the cause may quote payload.
 */
public final class DecisionException extends RuntimeException {

  private final transient @Nullable JobKey job;

  /**
   * @param job the job that the decision worked on when it failed; null if none
   */
  public DecisionException(@Nullable JobKey job, Throwable cause) {
    super(cause);
    this.job = job;
  }

  /** The job that the decision worked on when it failed; null if none. */
  public @Nullable JobKey job() {
    return job;
  }

  /** What the decision threw. */
  public Throwable failure() {
    return Objects.requireNonNull(getCause());
  }
}
