package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Report;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.kafka.Json;
import io.firesteel.log.JobLog;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends observations to the inbox. The producer never gives up while the process lives; what was
 * under way when it dies is seen again by the next owner of the shard. Thread-safe.
 */
final class InboxReports {

  private static final Logger LOG = LoggerFactory.getLogger(InboxReports.class);

  private final Producer<byte[], byte[]> producer;
  private final String inbox;

  InboxReports(Producer<byte[], byte[]> producer, String inbox) {
    this.producer = producer;
    this.inbox = inbox;
  }

  void send(Report report) {
    byte[] key = report.cohort().getBytes(StandardCharsets.UTF_8);
    byte[] value = Json.write(new InboxMessage.Observed(report.observation()));
    var _ =
        producer.send(
            new ProducerRecord<>(inbox, key, value),
            (metadata, failure) -> {
              if (failure != null) {
                try (var _ = JobLog.about(report.observation().attempt().job(), null)) {
                  LOG.error("An observation could not be sent to the inbox", failure);
                }
              }
            });
  }
}
