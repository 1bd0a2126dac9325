package io.firesteel.job;

/** One driver pod of a job; retries make new attempts. Numbers start at 1. */
public record Attempt(JobKey job, int number) {

  public Attempt {
    if (number < 1) {
      throw new IllegalArgumentException("attempts count from 1: " + number);
    }
  }

  /** The attempt after this one. */
  public Attempt next() {
    return new Attempt(job, number + 1);
  }
}
