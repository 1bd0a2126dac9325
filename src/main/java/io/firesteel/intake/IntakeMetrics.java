package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.decision.Decision;
import io.firesteel.job.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * Counts what became of messages, by tenant. A tenant that is not defined counts as {@code
 * unknown}, for anybody may invent names. A batch that is read again counts again. Thread-safe.
 */
record IntakeMetrics(MeterRegistry registry, Supplier<Definitions> definitions) {

  /** Counter; tags tenant, outcome (accepted, refused, dead-letter) and code. */
  static final String DECISIONS = "firesteel.intake.decisions";

  private static final String UNKNOWN_TENANT = "unknown";
  private static final String NO_REASON = "none";

  void decided(Decision decision) {
    switch (decision) {
      case Decision.Accept(_, InboxMessage message) ->
          count(message.tenant(), "accepted", NO_REASON);
      case Decision.Reject(_, var answer, var rejection) ->
          count(answer.key().tenant(), "refused", rejection.reason().name());
      case Decision.DeadLetter(var rejection) ->
          count(UNKNOWN_TENANT, "dead-letter", rejection.reason().name());
    }
  }

  /** A message that Firesteel failed on. */
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
