package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.intake.decision.AskHandler;
import io.firesteel.intake.decision.BlobEventHandler;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads bucket notifications and asks in batches. A batch's offsets are committed after Kafka has
 * every record for it; until then no further batch is read. Admission gets changed tenants before
 * the batch.
 */
@ApplicationScoped
class ChannelConsumer {

  private final BlobEventHandler blobEvents;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final BatchProcessor batchProcessor;

  ChannelConsumer(
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
  void consumeBlobEvents(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    tenants.publish();
    batchProcessor.process(batch, message -> blobEvents.decide(message, definitions.get()));
  }

  @Incoming("asks")
  @Blocking
  void consumeAsks(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    tenants.publish();
    batchProcessor.process(
        batch,
        message -> List.of(AskHandler.decide(message, definitions.get())),
        AskHandler::afterBug);
  }
}
