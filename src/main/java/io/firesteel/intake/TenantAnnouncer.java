package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells admission the limits of every tenant: at start, before the first request is read, and again
 * whenever the definitions have changed, and who is not defined any more. Saying it twice changes
 * nothing. Thread-safe.
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
        Stream.concat(
                gone(tenants)
                    .map(tenant -> record(tenant, new InboxMessage.TenantRemoved(tenant.name()))),
                tenants.all().stream()
                    .map(tenant -> record(tenant, new InboxMessage.TenantDefined(tenant.limits()))))
            .toList();
    outbox.send(records, record -> record);
    announced = tenants;
  }

  /** Tenants that this worker has announced and that are defined no more. */
  private Stream<Tenant> gone(Tenants tenants) {
    return announced == null
        ? Stream.empty()
        : announced.all().stream().filter(tenant -> tenants.find(tenant.name()).isEmpty());
  }

  private ProducerRecord<byte[], byte[]> record(Tenant tenant, InboxMessage message) {
    return Passage.inbox(topics.inbox(), tenant.cohort(), message);
  }
}
