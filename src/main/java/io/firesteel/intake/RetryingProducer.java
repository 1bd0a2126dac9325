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
 * Sends records and comes back only when Kafka has all of them. What Kafka does not take is sent
 * again for as long as it needs; only a record that is too large is replaced instead. Order is kept
 * as long as no record is sent again. Thread-safe.
 *
 * <p>Failure modes: when the worker stops meanwhile, some records may be there and some not; the
 * caller throws its batch back and all are sent again after the restart.
 */
final class RetryingProducer {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingProducer.class);

  private final Producer<byte[], byte[]> producer;
  private final Duration retryPause;
  private final BooleanSupplier stopping;
  private final Consumer<ProducerRecord<byte[], byte[]>> acknowledged;

  /**
   * Makes an outbox.
   *
   * @param taken hears of each record that Kafka has
   */
  RetryingProducer(
      Producer<byte[], byte[]> producer,
      Duration pause,
      BooleanSupplier stopping,
      Consumer<ProducerRecord<byte[], byte[]>> taken) {
    this.producer = producer;
    this.retryPause = pause;
    this.stopping = stopping;
    this.acknowledged = taken;
  }

  /**
   * Sends.
   *
   * @param smaller what to send in place of a record that Kafka finds too large
   * @throws InterruptedException when the worker stops first
   */
  void send(
      List<ProducerRecord<byte[], byte[]>> records,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller)
      throws InterruptedException {
    var open = records;
    while (true) {
      open = sendOnce(open, smaller);
      if (open.isEmpty()) {
        return;
      }
      if (stopping.getAsBoolean()) {
        throw new InterruptedException("the worker stops");
      }
      Thread.sleep(retryPause);
    }
  }

  /** Those that must be sent again. */
  private List<ProducerRecord<byte[], byte[]>> sendOnce(
      List<ProducerRecord<byte[], byte[]>> records,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller)
      throws InterruptedException {
    var sent = new ArrayList<PendingSend>();
    for (var record : records) {
      sent.add(send(record));
    }
    var again = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (PendingSend one : sent) {
      switch (one.result()) {
        case SendResult.Acknowledged() -> acknowledged.accept(one.record);
        case SendResult.RecordTooLarge() -> again.add(smaller.apply(one.record));
        case SendResult.SendFailed(Throwable cause) -> {
          again.add(one.record);
          LOG.atWarn()
              .addKeyValue("topic", one.record.topic())
              .addKeyValue("cause", cause.toString())
              .log("Kafka did not take a record; it is sent again");
        }
      }
    }
    return again;
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
