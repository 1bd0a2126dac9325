package io.firesteel.admission;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import io.firesteel.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The Kafka Streams settings on which admission's guarantees rest: exactly-once, with a short
 * commit interval. Others see a decision when its transaction commits, so the interval is most of
 * the latency.
 */
public final class AdmissionStreamsConfig {

  /** Long enough for decisions to share a commit, short for latency; see docs/admission.md. */
  private static final int COMMIT_INTERVAL_MS = 20;

  /**
   * A thread that polls does not commit, so a record that arrives right after a commit can wait
   * this long for the next one.
   */
  private static final int POLL_MS = 10;

  /**
   * Kafka Streams handles all that it has read before it reads on, and reads the next topic when
   * nothing of this one is left. So these bound how long a request waits behind a backlog.
   */
  private static final int MAX_POLL_RECORDS = 100;

  private static final int MAX_FETCH_BYTES = 64 << 10;

  /** The longest time for which a dead replica blocks readers. */
  private static final int TRANSACTION_TIMEOUT_MS = 15_000;

  private AdmissionStreamsConfig() {}

  /** Settings that override those of the connection and the replica. */
  public static Map<String, Object> exactlyOnce() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    settings.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), MAX_POLL_RECORDS);
    settings.put(
        mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), MAX_FETCH_BYTES);
    settings.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
    settings.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.LARGEST_RECORD);
    settings.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return settings;
  }
}
