package io.firesteel.rest;

import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads records that no table holds: requests, events and dead letters. Each read has a consumer of
 * its own and a bounded time, and only a few run at once. Thread-safe.
 */
@Singleton
class TopicReads {

  private static final int AT_ONCE = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration MAX_TIME = Duration.ofSeconds(8);
  private static final int TIMEOUT_MS = 5_000;

  private final Map<String, Object> settings;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  TopicReads(@Identifier("default-kafka-broker") Map<String, Object> connection) {
    settings = new HashMap<>(connection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "firesteel-rest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS - 1000);
  }

  /** One record; empty if Kafka no longer has it. */
  Optional<ConsumerRecord<byte[], byte[]>> at(String topic, int partition, long offset) {
    return with(consumer -> {
      TopicPartition at = new TopicPartition(topic, partition);
      consumer.assign(List.of(at));
      long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
      long begin = consumer.beginningOffsets(List.of(at)).getOrDefault(at, 0L);
      if (offset < begin || offset >= end) {
        return Optional.empty();
      }
      consumer.seek(at, offset);
      long deadline = System.nanoTime() + MAX_TIME.toNanos();
      while (consumer.position(at) <= offset && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          return record.offset() == offset ? Optional.of(record) : Optional.empty();
        }
      }
      return Optional.empty();
    });
  }

  /**
   * Reads a partition from a moment on.
   *
   * @param reader returns false when it has read enough
   * @return whether the reader has read enough, or there is no more
   */
  boolean since(TopicPartition at, Instant from, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    return with(consumer -> {
      consumer.assign(List.of(at));
      OffsetAndTimestamp start = consumer.offsetsForTimes(Map.of(at, from.toEpochMilli())).get(at);
      if (start == null) {
        return true;
      }
      long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
      consumer.seek(at, start.offset());
      return read(consumer, at, end, reader);
    });
  }

  /** Reads a partition from one offset up to another. */
  boolean between(
      TopicPartition at, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    return with(consumer -> {
      consumer.assign(List.of(at));
      consumer.seek(at, from);
      return read(consumer, at, to, reader);
    });
  }

  private static boolean read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition at,
      long end,
      Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    long deadline = System.nanoTime() + MAX_TIME.toNanos();
    while (consumer.position(at) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= end || !reader.test(record)) {
          return true;
        }
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
    }
    return true;
  }

  /** The first and the next offset of a partition. */
  record Bounds(long begin, long end) {}

  /** The bounds of every partition of a topic. */
  Map<TopicPartition, Bounds> bounds(String topic) {
    return with(consumer -> {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Bounds> bounds = new HashMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((at, end) -> bounds.put(at, new Bounds(begins.getOrDefault(at, 0L), end)));
      return bounds;
    });
  }

  private <T> T with(Function<Consumer<byte[], byte[]>, T> use) {
    if (!slots.tryAcquire()) {
      throw new ProblemException(
          ProblemCode.RATE_LIMITED, "this replica reads Kafka for many others now");
    }
    var bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      return use.apply(consumer);
    } catch (OffsetOutOfRangeException | UnknownTopicOrPartitionException _) {
      throw new ProblemException(ProblemCode.RECORD_GONE);
    } finally {
      slots.release();
    }
  }
}
