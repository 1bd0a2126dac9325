package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.intake.decision.BlobEventHandler;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads the notifications of object stores in batches, as {@link RequestConsumer} does requests.
 */
@ApplicationScoped
class BlobEventConsumer {

  private final BlobEventHandler events;
  private final CurrentDefinitions definitions;
  private final BatchProcessor batchProcessor;

  BlobEventConsumer(
      IntakeConfig config, CurrentDefinitions definitions, BatchProcessor batchProcessor) {
    this.events = new BlobEventHandler(config.maxMessageBytes());
    this.definitions = definitions;
    this.batchProcessor = batchProcessor;
  }

  @Incoming("blob-events")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    batchProcessor.process(batch, message -> events.decide(message, definitions.get()));
  }
}
