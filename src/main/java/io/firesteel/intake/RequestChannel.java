package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.kafka.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads the request topics in batches. A batch's offsets are committed after Kafka has every record
 * that it led to; while Kafka takes none, no further batch is read.
 */
@ApplicationScoped
class RequestChannel {

  private final Intake intake;
  private final CurrentDefinitions definitions;
  private final TenantAnnouncer tenants;
  private final Conveyor conveyor;

  RequestChannel(
      Topics topics,
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantAnnouncer tenants,
      Conveyor conveyor) {
    this.intake = new Intake(topics.requests(), config.largestMessage());
    this.definitions = definitions;
    this.tenants = tenants;
    this.conveyor = conveyor;
  }

  /** Tenants with no requests must be known as well, for jobs that already wait. */
  void start(@Observes StartupEvent event) throws InterruptedException {
    tenants.announce();
  }

  /** New limits hold for what waits already. */
  void follow(@Observes Definitions changed) throws InterruptedException {
    tenants.announce();
  }

  @Incoming("requests")
  @Blocking
  void read(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    conveyor.carry(batch, message -> List.of(intake.decide(message, definitions.get())));
  }
}
