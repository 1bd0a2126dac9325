package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the limits of every tenant, and the removal of tenants, to admission: at start and
 * whenever the definitions change. At start, what admission knows tells which tenants were removed
 * while no replica ran. Idempotent. Thread-safe.
 */
@Singleton
class TenantPublisher {

  private final CurrentDefinitions definitions;
  private final TenantHomes homes;
  private final RetryingProducer producer;
  private final Topics topics;
  private @Nullable Tenants published;
  private boolean compared;

  TenantPublisher(
      CurrentDefinitions definitions, TenantHomes homes, RetryingProducer producer, Topics topics) {
    this.definitions = definitions;
    this.homes = homes;
    this.producer = producer;
    this.topics = topics;
  }

  /** Returns when the current tenants are in the inbox. */
  synchronized void publish() throws InterruptedException {
    Definitions current = definitions.get();
    Tenants tenants = current.tenants();
    boolean compare = !compared && isComplete(current);
    if (tenants.equals(published) && !compare) {
      return;
    }
    Stream<String> before = published == null ? Stream.empty() : names(published);
    var records =
        messages(tenants, Stream.concat(before, compare ? homes.defined() : Stream.empty()))
            .map(message -> BatchProcessor.inboxRecord(topics.inbox(), homes, message))
            .toList();
    producer.send(records, record -> record);
    published = tenants;
    compared |= compare;
  }

  /**
   * Whether a tenant that is not among the definitions was removed. It may be in a file that cannot
   * be read; and a directory without any tenant is not mounted rather than meant.
   */
  static boolean isComplete(Definitions definitions) {
    return definitions.errors().isEmpty() && !definitions.tenants().all().isEmpty();
  }

  /** The removals of tenants that were defined before, and the limits of those that are. */
  static Stream<InboxMessage> messages(Tenants now, Stream<String> before) {
    return Stream.concat(
        before
            .distinct()
            .filter(tenant -> now.find(tenant).isEmpty())
            .map(InboxMessage.TenantRemoved::new),
        now.all().stream().map(tenant -> new InboxMessage.TenantDefined(tenant.limits())));
  }

  private static Stream<String> names(Tenants tenants) {
    return tenants.all().stream().map(Tenant::name);
  }
}
