package io.firesteel.intake;

import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.kafka.Topics;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Carries a batch of messages through: all that they lead to is in Kafka when it comes back.
 * Thread-safe.
 *
 * <p>Failure modes: stopped in between, some records are written and some are not; the batch is not
 * committed, is read again and written again as a whole. Job ids come out the same, so admission
 * sees duplicates.
 */
@Singleton
final class BatchProcessor {

  private final TenantPublisher tenants;
  private final RetryingProducer producer;
  private final String inbox;
  private final DeadLetters deadLetters;
  private final IntakeMetrics metrics;
  private final Clock clock;

  BatchProcessor(
      TenantPublisher tenants,
      RetryingProducer producer,
      Topics topics,
      IntakeMetrics metrics,
      Clock clock) {
    this.tenants = tenants;
    this.producer = producer;
    this.inbox = topics.inbox();
    this.deadLetters = new DeadLetters(topics.deadLetters());
    this.metrics = metrics;
    this.clock = clock;
  }

  /** What is known of tenants goes ahead of the batch. */
  void process(
      ConsumerRecords<byte[], byte[]> batch, Function<ReceivedMessage, List<Decision>> decider)
      throws InterruptedException {
    tenants.publish();
    var messageProcessor = new MessageProcessor(inbox, deadLetters, metrics, decider);
    Map<ProducerRecord<byte[], byte[]>, ReceivedMessage> origins = new IdentityHashMap<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> kafka : batch) {
      ReceivedMessage message = ReceivedMessage.of(kafka, clock.instant());
      for (var record : messageProcessor.records(message)) {
        records.add(record);
        origins.put(record, message);
      }
    }
    producer.send(records, record -> replacement(record, origins));
  }

  private ProducerRecord<byte[], byte[]> replacement(
      ProducerRecord<byte[], byte[]> record,
      Map<ProducerRecord<byte[], byte[]>, ReceivedMessage> origins) {
    ReceivedMessage message = origins.get(record);
    if (message == null || record.topic().equals(deadLetters.topic())) {
      return deadLetters.truncate(record);
    }
    ProducerRecord<byte[], byte[]> letter =
        deadLetters.create(
            message,
            new Rejection(
                FailureReason.MESSAGE_TOO_LARGE,
                "the job is larger than the inbox topic takes; put large data in a store"));
    origins.put(letter, message);
    return letter;
  }
}
