package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.decision.MessageHandler;
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
class RequestConsumer {

  private final MessageHandler messageHandler;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final BatchProcessor batchProcessor;

  RequestConsumer(
      Topics topics,
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantPublisher tenants,
      BatchProcessor batchProcessor) {
    this.messageHandler = new MessageHandler(topics.requests(), config.maxMessageBytes());
    this.definitions = definitions;
    this.tenants = tenants;
    this.batchProcessor = batchProcessor;
  }

  /** Tenants with no requests must be known as well, for jobs that already wait. */
  void start(@Observes StartupEvent event) throws InterruptedException {
    tenants.publish();
  }

  /** New limits hold for what waits already. */
  void onDefinitionsChanged(@Observes Definitions changed) throws InterruptedException {
    tenants.publish();
  }

  @Incoming("requests")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    batchProcessor.process(
        batch, message -> List.of(messageHandler.decide(message, definitions.get())));
  }
}
