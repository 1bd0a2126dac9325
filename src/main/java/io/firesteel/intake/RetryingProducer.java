package io.firesteel.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records and returns when Kafka has all of them. It retries without end, and replaces a
 * record that is too large. Records keep their order unless one is retried. Thread-safe.
 *
 * <p>If the worker stops first, Kafka may have some of the records. The caller does not commit its
 * batch and sends all of them again after the restart.
 */
final class RetryingProducer {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingProducer.class);

  private final Producer<byte[], byte[]> producer;
  private final Duration backoff;
  private final BooleanSupplier stopping;
  private final Consumer<ProducerRecord<byte[], byte[]>> acknowledged;

  /**
   * Creates a producer.
   *
   * @param backoff pause before a retry
   * @param acknowledged receives each record that Kafka acknowledged
   */
  RetryingProducer(
      Producer<byte[], byte[]> producer,
      Duration backoff,
      BooleanSupplier stopping,
      Consumer<ProducerRecord<byte[], byte[]>> acknowledged) {
    this.producer = producer;
    this.backoff = backoff;
    this.stopping = stopping;
    this.acknowledged = acknowledged;
  }

  /** Whether the worker is stopping, and what it does from now on may fail. */
  boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /**
   * Sends records.
   *
   * @param smaller the replacement for a record that Kafka rejects as too large
   * @throws InterruptedException if the worker stops first
   */
  void send(
      List<ProducerRecord<byte[], byte[]>> records,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller)
      throws InterruptedException {
    var pending = records;
    while (true) {
      pending = sendOnce(pending, smaller);
      if (pending.isEmpty()) {
        return;
      }
      if (isStopping()) {
        throw new InterruptedException("the worker is stopping");
      }
      Thread.sleep(backoff);
    }
  }

  /** Returns the records to retry. */
  private List<ProducerRecord<byte[], byte[]>> sendOnce(
      List<ProducerRecord<byte[], byte[]>> records,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller)
      throws InterruptedException {
    var sent = new ArrayList<PendingSend>();
    for (var record : records) {
      sent.add(send(record));
    }
    var retries = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (PendingSend one : sent) {
      switch (one.result()) {
        case SendResult.Acknowledged() -> acknowledged.accept(one.record);
        case SendResult.RecordTooLarge() -> retries.add(smaller.apply(one.record));
        case SendResult.SendFailed(Throwable cause) -> {
          retries.add(one.record);
          LOG.atWarn()
              .addKeyValue("topic", one.record.topic())
              .addKeyValue("cause", cause.toString())
              .log("Sending a record failed; retrying");
        }
      }
    }
    return retries;
  }

  private PendingSend send(ProducerRecord<byte[], byte[]> record) {
    try {
      return new PendingSend(record, producer.send(record), null);
    } catch (KafkaException e) {
      return new PendingSend(record, null, e);
    }
  }

  private sealed interface SendResult {
    record Acknowledged() implements SendResult {}

    record RecordTooLarge() implements SendResult {}

    record SendFailed(Throwable cause) implements SendResult {}

    static SendResult of(Throwable cause) {
      return cause instanceof RecordTooLargeException
          ? new RecordTooLarge()
          : new SendFailed(cause);
    }
  }

  private record PendingSend(
      ProducerRecord<byte[], byte[]> record,
      @Nullable Future<?> future,
      @Nullable KafkaException failure) {

    SendResult result() throws InterruptedException {
      if (future == null) {
        return SendResult.of(failure == null ? new KafkaException("not sent") : failure);
      }
      try {
        future.get();
        return new SendResult.Acknowledged();
      } catch (ExecutionException e) {
        return SendResult.of(e.getCause() == null ? e : e.getCause());
      }
    }
  }
}
