package io.firesteel.admission;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import io.firesteel.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How admission's topology must be run so that its promises hold: exactly-once, with short commits.
 * A decision is visible to others when its transaction commits, so the commit interval is most of
 * the latency.
 */
public final class AdmissionStreamsConfig {

  /** Long enough to share a commit, short enough not to be felt; see docs/admission.md. */
  private static final int COMMIT_INTERVAL_MS = 20;

  /**
   * A thread that waits for input does not commit meanwhile, so what arrived right after a commit
   * waits as long as this for the next one.
   */
  private static final int POLL_MS = 10;

  /** A dead replica blocks readers no longer than this. */
  private static final int TRANSACTION_TIMEOUT_MS = 15_000;

  private AdmissionStreamsConfig() {}

  /** Settings over those of the connection and the replica. */
  public static Map<String, Object> exactlyOnce() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    settings.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
    settings.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.LARGEST_RECORD);
    settings.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return settings;
  }
}
