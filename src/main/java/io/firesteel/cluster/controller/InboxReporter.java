package io.firesteel.cluster.controller;

import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.json.JsonCodec;
import io.firesteel.platform.JobLog;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends observations to the inbox. The producer retries for as long as the process lives; the next
 * owner of the partition observes again what was not sent. Thread-safe.
 */
public final class InboxReporter {

  private static final Logger LOG = LoggerFactory.getLogger(InboxReporter.class);

  private final Producer<byte[], byte[]> producer;
  private final String inboxTopic;

  public InboxReporter(Producer<byte[], byte[]> producer, String inbox) {
    this.producer = producer;
    this.inboxTopic = inbox;
  }

  /** Delivers at least once, and in order for one job. Does not wait for Kafka to answer. */
  public void send(Report report) {
    byte[] key = report.cohort().getBytes(StandardCharsets.UTF_8);
    byte[] value = JsonCodec.write(new InboxMessage.Observed(report.observation()));
    var _ =
        producer.send(
            new ProducerRecord<>(inboxTopic, key, value),
            (_, failure) -> {
              if (failure != null) {
                logFailure(report.observation(), failure);
              }
            });
  }

  private static void logFailure(Observation observation, Exception failure) {
    try (var _ = JobLog.about(observation.attempt().job(), null)) {
      LOG.atError()
          .addKeyValue("attempt", observation.attempt().number())
          .addKeyValue("observation", observation.getClass().getSimpleName())
          .setCause(failure)
          .log("An observation could not be sent to the inbox");
    }
  }
}
