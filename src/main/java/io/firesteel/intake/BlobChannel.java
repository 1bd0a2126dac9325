package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.kafka.Topics;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the notifications of object stores in batches, as {@link RequestChannel} does requests. */
@ApplicationScoped
class BlobChannel {

  private final TenantAnnouncer tenants;
  private final Conveyor conveyor;

  BlobChannel(
      TenantAnnouncer tenants,
      Outbox outbox,
      CurrentDefinitions definitions,
      Topics topics,
      IntakeConfig config,
      IntakeMetrics metrics,
      Clock clock) {
    this.tenants = tenants;
    var events = new BlobEvents(config.largestMessage());
    var passage =
        new Passage(
            topics.inbox(),
            new DeadLetters(topics.deadLetters()),
            metrics,
            message -> events.decide(message, definitions.get()));
    this.conveyor = new Conveyor(passage, outbox, clock);
  }

  @Incoming("blob-events")
  @Blocking
  void read(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    tenants.announce();
    conveyor.carry(batch);
  }
}
