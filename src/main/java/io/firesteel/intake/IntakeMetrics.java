package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.decision.Decision;
import io.firesteel.job.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * Counts decisions by tenant. Tenants that are not defined count as {@code unknown}, because a
 * sender can make up any number of names. A batch that is read again counts again. Thread-safe.
 */
record IntakeMetrics(MeterRegistry registry, Supplier<Definitions> definitions) {

  /** Counter; tags tenant, outcome (accepted, refused, dead-letter) and code. */
  static final String DECISIONS = "firesteel.intake.decisions";

  private static final String UNKNOWN_TENANT = "unknown";
  private static final String NO_REASON = "none";

  void decided(Decision decision) {
    switch (decision) {
      case Decision.Accept(InboxMessage message) -> count(message.tenant(), "accepted", NO_REASON);
      case Decision.Reject(var answer, var rejection) ->
          count(answer.key().tenant(), "refused", rejection.reason().name());
      case Decision.DeadLetter(var rejection) ->
          count(UNKNOWN_TENANT, "dead-letter", rejection.reason().name());
    }
  }

  /** Counts a message that a bug moved to the dead letters. */
  void failed() {
    count(UNKNOWN_TENANT, "dead-letter", FailureReason.BUG.name());
  }

  private void count(String tenant, String outcome, String code) {
    boolean known = definitions.get().tenants().find(tenant).isPresent();
    registry
        .counter(
            DECISIONS, "tenant", known ? tenant : UNKNOWN_TENANT, "outcome", outcome, "code", code)
        .increment();
  }
}
