package io.firesteel.cluster.controller;

import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.json.JsonCodec;
import io.firesteel.platform.JobLog;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends observations to the inbox. The producer never gives up while the process lives; what was
 * under way when it dies is seen again by the next owner of the shard. Thread-safe.
 */
public final class InboxReporter {

  private static final Logger LOG = LoggerFactory.getLogger(InboxReporter.class);

  private final Producer<byte[], byte[]> producer;
  private final String inboxTopic;

  public InboxReporter(Producer<byte[], byte[]> producer, String inbox) {
    this.producer = producer;
    this.inboxTopic = inbox;
  }

  public void send(Report report) {
    byte[] key = report.cohort().getBytes(StandardCharsets.UTF_8);
    byte[] value = JsonCodec.write(new InboxMessage.Observed(report.observation()));
    var _ =
        producer.send(
            new ProducerRecord<>(inboxTopic, key, value),
            (metadata, failure) -> {
              if (failure != null) {
                try (var _ = JobLog.about(report.observation().attempt().job(), null)) {
                  LOG.error("An observation could not be sent to the inbox", failure);
                }
              }
            });
  }
}
