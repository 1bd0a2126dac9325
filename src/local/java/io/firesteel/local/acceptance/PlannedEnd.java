package io.firesteel.local.acceptance;

import java.util.Set;

/** How a planned job must end. */
sealed interface PlannedEnd {

  /** It succeeds in one attempt. */
  record Succeeds() implements PlannedEnd {}

  /**
   * It ends without success.
   *
   * @param outcome of the result: FAILED, CANCELLED or EXPIRED
   * @param reasons one of them; clusters differ in some
   * @param attempts how many attempts it has
   * @param words what the failure's message must contain; may be empty
   */
  record Fails(String outcome, String category, Set<String> reasons, int attempts, String words)
      implements PlannedEnd {}

  /** Firesteel refuses it. */
  record IsRefused(String reason) implements PlannedEnd {}

  /** Its message becomes a dead letter without a result. */
  record IsDeadLetter(String code) implements PlannedEnd {}

  /** A failure of the first and only attempt. */
  static Fails fails(String category, String... reasons) {
    return new Fails("FAILED", category, Set.of(reasons), 1, "");
  }
}
