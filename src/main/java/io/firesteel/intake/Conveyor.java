package io.firesteel.intake;

import io.firesteel.job.ErrorCode;
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
final class Conveyor {

  private final TenantAnnouncer tenants;
  private final Outbox outbox;
  private final String inbox;
  private final DeadLetters deadLetters;
  private final IntakeMetrics metrics;
  private final Clock clock;

  Conveyor(
      TenantAnnouncer tenants, Outbox outbox, Topics topics, IntakeMetrics metrics, Clock clock) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.inbox = topics.inbox();
    this.deadLetters = new DeadLetters(topics.deadLetters());
    this.metrics = metrics;
    this.clock = clock;
  }

  /** What is known of tenants goes ahead of the batch. */
  void carry(ConsumerRecords<byte[], byte[]> batch, Function<Received, List<Decision>> decider)
      throws InterruptedException {
    tenants.announce();
    var passage = new Passage(inbox, deadLetters, metrics, decider);
    Map<ProducerRecord<byte[], byte[]>, Received> origins = new IdentityHashMap<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> kafka : batch) {
      Received message = Received.of(kafka, clock.instant());
      for (var record : passage.records(message)) {
        records.add(record);
        origins.put(record, message);
      }
    }
    outbox.send(records, record -> smaller(record, origins));
  }

  private ProducerRecord<byte[], byte[]> smaller(
      ProducerRecord<byte[], byte[]> record,
      Map<ProducerRecord<byte[], byte[]>, Received> origins) {
    Received message = origins.get(record);
    if (message == null || record.topic().equals(deadLetters.topic())) {
      return deadLetters.cut(record);
    }
    ProducerRecord<byte[], byte[]> letter =
        deadLetters.letter(
            message,
            new Reason(
                ErrorCode.MESSAGE_TOO_LARGE,
                "the job is larger than the inbox topic takes; put large data in a store"));
    origins.put(letter, message);
    return letter;
  }
}
