package io.firesteel.job;

/**
 * One driver pod of a job; retries make new attempts. Numbers start at 1.
 *
 * @param generation identifies the request among those with the same job id; later requests have
 *     larger ones
 */
public record Attempt(JobKey job, long generation, int number) {

  public Attempt {
    if (generation < 1) {
      throw new IllegalArgumentException("generations are positive: " + generation);
    }
    if (number < 1) {
      throw new IllegalArgumentException("attempts count from 1: " + number);
    }
  }

  /** Whether this is an earlier attempt of the same job. */
  public boolean isBefore(Attempt other) {
    return generation < other.generation
        || (generation == other.generation && number < other.number);
  }
}
