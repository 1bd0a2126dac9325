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
      case Decision.Accept(_, InboxMessage message) -> count(tenant(message), "accepted", NONE);
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

  private static String tenant(InboxMessage message) {
    return switch (message) {
      case InboxMessage.Submitted(var job) -> job.key().tenant();
      case InboxMessage.Refused(var key, _, _) -> key.tenant();
      case InboxMessage.CancelRequested(var key, _, _) -> key.tenant();
      case InboxMessage.PriorityChanged(var key, _, _) -> key.tenant();
      case InboxMessage.TenantDefined(var limits) -> limits.tenant();
      case InboxMessage.TenantRemoved(var tenant) -> tenant;
      case InboxMessage.TenantSuspended(var tenant, _) -> tenant;
      case InboxMessage.TenantResumed(var tenant, _) -> tenant;
      case InboxMessage.Observed(var seen) -> seen.attempt().job().tenant();
    };
  }
}
