package io.firesteel.intake;

import io.firesteel.intake.decision.Decision;
import io.firesteel.job.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts decisions, for all tenants together; {@code firesteel_jobs_ended_total} says whose
 * requests were refused. A batch that is read again counts again. Thread-safe.
 */
record IntakeMetrics(MeterRegistry registry) {

  /** Counter; tags outcome (accepted, refused, dead-letter, ignored) and code. */
  static final String DECISIONS = "firesteel.intake.decisions";

  private static final String NO_REASON = "none";

  void decided(Decision decision) {
    switch (decision) {
      case Decision.Accept _, Decision.AcceptSchedule _, Decision.AcceptWorkflow _ ->
          count("accepted", NO_REASON);
      case Decision.Reject(_, var rejection) -> count("refused", rejection.reason().name());
      case Decision.Ignore(var cause) -> count("ignored", cause.name());
      case Decision.RejectWorkflow(_, var rejection) -> count("refused", rejection.reason().name());
      case Decision.RejectAsk(_, var rejection) -> count("refused", rejection.reason().name());
      case Decision.DeadLetter(var rejection) -> count("dead-letter", rejection.reason().name());
    }
  }

  /** Counts a message that a bug moved to the dead letters. */
  void failed() {
    count("dead-letter", FailureReason.BUG.name());
  }

  private void count(String outcome, String code) {
    registry.counter(DECISIONS, "outcome", outcome, "code", code).increment();
  }
}
