package io.firesteel.job;

/**
 * One driver pod of a job; retries make new attempts. Numbers start at 1.
 *
 * @param generation which request of the job it belongs to: a job id that is used again after it
 *     was forgotten has a later one
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

  /** The attempt after this one. */
  public Attempt next() {
    return new Attempt(job, generation, number + 1);
  }

  /** Whether it is an earlier one of the same job. */
  public boolean isBefore(Attempt other) {
    return generation < other.generation
        || (generation == other.generation && number < other.number);
  }
}
