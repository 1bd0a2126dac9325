package io.firesteel.intake;

import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * Counts what became of messages, by tenant. A tenant that is not defined counts as {@code
 * unknown}, for anybody may invent names. A batch that is read again counts again. Thread-safe.
 */
record IntakeMetrics(MeterRegistry registry, Supplier<Definitions> definitions) {

  /** Counter; tags tenant, outcome (accepted, refused, dead-letter) and code. */
  static final String DECISIONS = "firesteel.intake.decisions";

  private static final String NOBODY = "unknown";
  private static final String NONE = "none";

  void decided(Decision decision) {
    switch (decision) {
      case Decision.Accept(_, InboxMessage message) -> count(message.tenant(), "accepted", NONE);
      case Decision.Refuse(_, var answer, var reason) ->
          count(answer.key().tenant(), "refused", reason.code().name());
      case Decision.DeadLetter(var reason) -> count(NOBODY, "dead-letter", reason.code().name());
    }
  }

  /** A message that Firesteel failed on. */
  void failed() {
    count(NOBODY, "dead-letter", ErrorCode.BUG.name());
  }

  private void count(String tenant, String outcome, String code) {
    boolean known = definitions.get().tenants().find(tenant).isPresent();
    registry
        .counter(DECISIONS, "tenant", known ? tenant : NOBODY, "outcome", outcome, "code", code)
        .increment();
  }
}
