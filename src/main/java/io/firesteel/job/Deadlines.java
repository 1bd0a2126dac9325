package io.firesteel.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a job is worth running; null means no such deadline.
 *
 * @param startBy still waiting then, it expires (CloudEvents' {@code expirytime})
 * @param startWithin from admission to a started driver, per attempt
 * @param runWithin from the start of a driver to its end, per attempt
 * @param finishBy whatever it is doing then, it ends
 */
public record Deadlines(
    @Nullable Instant startBy,
    @Nullable Duration startWithin,
    @Nullable Duration runWithin,
    @Nullable Instant finishBy) {

  /** No deadline at all. */
  public static final Deadlines NONE = new Deadlines(null, null, null, null);
}
