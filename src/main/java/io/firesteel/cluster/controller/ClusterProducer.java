package io.firesteel.cluster.controller;

import io.firesteel.kafka.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of the cluster side. It sends a record until Kafka accepts it: the Kafka client
 * retries for as long as Kafka is unreachable, and this class retries what Kafka refuses, because a
 * permission or a topic setting may be corrected while the worker runs. Thread-safe.
 */
public final class ClusterProducer implements AutoCloseable {

  /** Gauge: records that Kafka refused and has not accepted since. */
  static final String REFUSED = "firesteel.cluster.records.refused";

  private static final Logger LOG = LoggerFactory.getLogger(ClusterProducer.class);
  private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final Function<Duration, Executor> delayedExecutors;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Uses a producer.
   *
   * @param delayedExecutors run an action after a delay, never on the thread that calls {@code
   *     execute}
   */
  public ClusterProducer(
      Producer<byte[], byte[]> producer,
      MeterRegistry registry,
      Function<Duration, Executor> delayedExecutors) {
    this.producer = producer;
    this.delayedExecutors = delayedExecutors;
    Gauge.builder(REFUSED, refused, AtomicInteger::get).register(registry);
  }

  /** Connects to Kafka with an idempotent producer. */
  public static ClusterProducer connect(
      Map<String, Object> kafka, MeterRegistry registry, Executor threads) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_RECORD);
    var bytes = new ByteArraySerializer();
    return new ClusterProducer(
        new KafkaProducer<>(settings, bytes, bytes),
        registry,
        delay ->
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads));
  }

  /**
   * Sends a record. Does not wait for Kafka to answer.
   *
   * @param smaller the replacement for a record that Kafka refuses as too large
   * @param accepted runs once, when Kafka has the record; must not send on this thread
   */
  public void send(
      ProducerRecord<byte[], byte[]> record,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller,
      Runnable accepted) {
    new Send(record, smaller, accepted).attempt();
  }

  /** Runs an action soon, on a thread that may send. */
  void later(Runnable action) {
    delayedExecutors.apply(Duration.ZERO).execute(action);
  }

  /** Sends what is in flight; what Kafka refused is lost with the process. */
  @Override
  public void close() {
    closed = true;
    producer.close();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** A record on its way. One attempt at a time. */
  private final class Send {

    private final UnaryOperator<ProducerRecord<byte[], byte[]>> smaller;
    private final Runnable accepted;
    private ProducerRecord<byte[], byte[]> record;
    private @Nullable Duration backoff;

    private Send(
        ProducerRecord<byte[], byte[]> record,
        UnaryOperator<ProducerRecord<byte[], byte[]>> smaller,
        Runnable accepted) {
      this.record = record;
      this.smaller = smaller;
      this.accepted = accepted;
    }

    private void attempt() {
      if (closed) {
        return;
      }
      try {
        var _ = producer.send(record, (_, failure) -> answered(failure));
      } catch (RuntimeException e) {
        answered(e);
      }
    }

    private void answered(@Nullable Exception failure) {
      if (failure == null) {
        if (backoff != null) {
          refused.decrementAndGet();
        }
        accepted.run();
        return;
      }
      if (failure instanceof RecordTooLargeException) {
        record = smaller.apply(record);
      }
      backoff = backoff == null ? firstBackoff() : min(backoff.multipliedBy(2), MAX_BACKOFF);
      LOG.atError()
          .addKeyValue("topic", record.topic())
          .addKeyValue("cause", failure.toString())
          .addKeyValue("retryIn", backoff)
          .log("Kafka refused a record of the cluster side; retrying");
      delayedExecutors.apply(backoff).execute(this::attempt);
    }

    private Duration firstBackoff() {
      refused.incrementAndGet();
      return MIN_BACKOFF;
    }
  }
}
