package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.intake.decision.BlobEventHandler;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads bucket notifications in batches. A batch's offsets are committed after Kafka has every
 * record for it; until then no further batch is read. Admission gets changed tenants before the
 * batch.
 */
@ApplicationScoped
class BlobEventConsumer {

  private final BlobEventHandler blobEvents;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final BatchProcessor batchProcessor;

  BlobEventConsumer(
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantPublisher tenants,
      BatchProcessor batchProcessor) {
    this.blobEvents = new BlobEventHandler(config.maxMessageBytes());
    this.definitions = definitions;
    this.tenants = tenants;
    this.batchProcessor = batchProcessor;
  }

  @Incoming("blob-events")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    tenants.publish();
    batchProcessor.process(batch, message -> blobEvents.decide(message, definitions.get()));
  }
}
