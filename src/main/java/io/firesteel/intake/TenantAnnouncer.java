package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Tenants;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Tells admission the limits of every tenant: at start, before the first request is read, and again
 * whenever the definitions have changed. Saying them twice changes nothing. Thread-safe.
 */
@Singleton
class TenantAnnouncer {

  private final CurrentDefinitions definitions;
  private final Outbox outbox;
  private final Topics topics;
  private @Nullable Tenants announced;

  TenantAnnouncer(CurrentDefinitions definitions, Outbox outbox, Topics topics) {
    this.definitions = definitions;
    this.outbox = outbox;
    this.topics = topics;
  }

  /** Comes back when the tenants of this moment are in the inbox. */
  synchronized void announce() throws InterruptedException {
    Tenants tenants = definitions.get().tenants();
    if (tenants.equals(announced)) {
      return;
    }
    var records =
        tenants.all().stream()
            .map(tenant ->
                Passage.inbox(
                    topics.inbox(),
                    tenant.cohort(),
                    new InboxMessage.TenantDefined(tenant.limits())))
            .toList();
    outbox.send(records, record -> record);
    announced = tenants;
  }
}
