package io.firesteel.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of a job; null for none.
 *
 * @param startBy a job that has had no attempt by then expires (CloudEvents' {@code expirytime})
 * @param startWithin from admission to a started driver, per attempt
 * @param runWithin from the start of a driver to its end, per attempt
 * @param finishBy a job that has not ended by then is stopped
 */
public record Deadlines(
    @Nullable Instant startBy,
    @Nullable Duration startWithin,
    @Nullable Duration runWithin,
    @Nullable Instant finishBy) {

  /** No deadlines. */
  public static final Deadlines NONE = new Deadlines(null, null, null, null);
}
