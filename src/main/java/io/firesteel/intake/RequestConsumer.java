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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Handles requests, which {@link RequestPoller} reads, and reads bucket notifications and asks. A
 * batch's offsets are committed after Kafka has every record for it; until then no further batch is
 * read. Admission gets changed tenants before the batch.
 */
@ApplicationScoped
class RequestConsumer implements RequestReader.Requests {

  private final MessageHandler requests;
  private final BlobEventHandler blobEvents;
  private final CurrentDefinitions definitions;
  private final TenantPublisher tenants;
  private final SchedulePublisher schedules;
  private final TenantShares shares;
  private final BatchProcessor batchProcessor;

  RequestConsumer(
      Topics topics,
      IntakeConfig config,
      CurrentDefinitions definitions,
      TenantPublisher tenants,
      SchedulePublisher schedules,
      TenantShares shares,
      BatchProcessor batchProcessor) {
    this.requests = new MessageHandler(topics.requests(), config.maxMessageBytes());
    this.blobEvents = new BlobEventHandler(config.maxMessageBytes());
    this.definitions = definitions;
    this.tenants = tenants;
    this.schedules = schedules;
    this.shares = shares;
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

  @Override
  public Optional<String> sender(ConsumerRecord<byte[], byte[]> message) {
    try {
      return requests.sender(batchProcessor.received(message));
    } catch (RuntimeException | StackOverflowError _) {
      // A bug, which the decision about the message reports
      return Optional.empty();
    }
  }

  @Override
  public boolean isOverShare(String tenant) {
    return shares.exceededBy(tenant);
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> messages, boolean deferred)
      throws InterruptedException {
    publish();
    batchProcessor
        .withOverShare(_ -> deferred)
        .process(messages, message -> List.of(requests.decide(message, definitions.get())));
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
