package io.firesteel.workflow.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a task ended, as {@code depends} names it after a dot. */
public enum Condition {
  /** The task alone, without a dot: it succeeded, or had no items. */
  PASSED(""),
  SUCCEEDED("Succeeded"),
  FAILED("Failed"),
  /** It had no items. */
  SKIPPED("Skipped"),
  /** It never started. */
  OMITTED("Omitted"),
  /** It succeeded or failed. */
  COMPLETED("Completed"),
  /** At least one of its jobs succeeded. */
  ANY_SUCCEEDED("AnySucceeded"),
  /** It had jobs, and all of them failed. */
  ALL_FAILED("AllFailed");

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  /** The condition of a word after a dot. */
  static Optional<Condition> of(String word) {
    return Arrays.stream(values())
        .filter(condition -> condition != PASSED && condition.word.equals(word))
        .findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values())
        .filter(condition -> condition != PASSED)
        .map(condition -> condition.word)
        .toList();
  }

  /** Whether it can hold because the task failed. */
  boolean afterFailure() {
    return this == FAILED || this == COMPLETED || this == ALL_FAILED;
  }
}
