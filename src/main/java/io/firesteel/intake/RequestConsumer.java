package io.firesteel.intake;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.decision.AskHandler;
import io.firesteel.intake.decision.BlobEventHandler;
import io.firesteel.intake.decision.CompletionHandler;
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
 * Reads requests, bucket notifications and asks in batches. A batch's offsets are committed after
 * Kafka has every record for it; until then no further batch is read. Admission gets changed
 * tenants before the batch.
 */
@ApplicationScoped
class RequestConsumer {

  private final MessageHandler requests;
  private final BlobEventHandler blobEvents;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final SchedulePublisher schedules;
  private final BatchProcessor batchProcessor;

  RequestConsumer(
      Topics topics,
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantPublisher tenants,
      SchedulePublisher schedules,
      BatchProcessor batchProcessor) {
    this.requests = new MessageHandler(topics.requests(), config.maxMessageBytes());
    this.blobEvents = new BlobEventHandler(config.maxMessageBytes());
    this.definitions = definitions;
    this.tenants = tenants;
    this.schedules = schedules;
    this.batchProcessor = batchProcessor;
  }

  /** Jobs may be pending for a tenant that sends no further requests. */
  void start(@Observes StartupEvent event) throws InterruptedException {
    publish();
  }

  /** New limits apply to pending jobs too. */
  void onDefinitionsChanged(@Observes Definitions changed) throws InterruptedException {
    publish();
  }

  private void publish() throws InterruptedException {
    tenants.publish();
    schedules.publish();
  }

  @Incoming("requests")
  @Blocking
  void consumeRequests(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    publish();
    batchProcessor.process(batch, message -> List.of(requests.decide(message, definitions.get())));
  }

  @Incoming("blob-events")
  @Blocking
  void consumeBlobEvents(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    publish();
    batchProcessor.process(batch, message -> blobEvents.decide(message, definitions.get()));
  }

  @Incoming("completions")
  @Blocking
  void consumeCompletions(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    publish();
    batchProcessor.process(batch, message -> CompletionHandler.decide(message, definitions.get()));
  }

  @Incoming("asks")
  @Blocking
  void consumeAsks(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    publish();
    batchProcessor.process(
        batch,
        message -> List.of(AskHandler.decide(message, definitions.get())),
        AskHandler::afterBug);
  }
}
