package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the notifications of object stores in batches, as {@link RequestChannel} does requests. */
@ApplicationScoped
class BlobChannel {

  private final BlobEvents events;
  private final CurrentDefinitions definitions;
  private final Conveyor conveyor;

  BlobChannel(IntakeConfig config, CurrentDefinitions definitions, Conveyor conveyor) {
    this.events = new BlobEvents(config.largestMessage());
    this.definitions = definitions;
    this.conveyor = conveyor;
  }

  @Incoming("blob-events")
  @Blocking
  void read(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    conveyor.carry(batch, message -> events.decide(message, definitions.get()));
  }
}
