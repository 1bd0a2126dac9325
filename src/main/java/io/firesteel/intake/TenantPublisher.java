package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the limits of every tenant, and the removal of tenants, to admission: at start and
 * whenever the definitions change. Idempotent. Thread-safe.
 */
@Singleton
class TenantPublisher {

  private final CurrentDefinitions definitions;
  private final TenantHomes homes;
  private final RetryingProducer producer;
  private final Topics topics;
  private @Nullable Tenants published;

  TenantPublisher(
      CurrentDefinitions definitions, TenantHomes homes, RetryingProducer producer, Topics topics) {
    this.definitions = definitions;
    this.homes = homes;
    this.producer = producer;
    this.topics = topics;
  }

  /** Jobs may be pending for a tenant that sends no further requests. */
  void start(@Observes StartupEvent event) throws InterruptedException {
    publish();
  }

  /** New limits apply to pending jobs too. */
  void onDefinitionsChanged(@Observes Definitions changed) throws InterruptedException {
    publish();
  }

  /** Returns when the current tenants are in the inbox. */
  synchronized void publish() throws InterruptedException {
    Tenants tenants = definitions.get().tenants();
    if (tenants.equals(published)) {
      return;
    }
    var records =
        Stream.concat(
                removed(tenants).map(tenant -> new InboxMessage.TenantRemoved(tenant.name())),
                tenants.all().stream()
                    .map(tenant -> new InboxMessage.TenantDefined(tenant.limits())))
            .map(message -> BatchProcessor.inboxRecord(topics.inbox(), homes, message))
            .toList();
    producer.send(records, record -> record);
    published = tenants;
  }

  /** Tenants that this worker published and that are no longer defined. */
  private Stream<Tenant> removed(Tenants tenants) {
    return published == null
        ? Stream.empty()
        : published.all().stream().filter(tenant -> tenants.find(tenant.name()).isEmpty());
  }
}
