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
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Producer<byte[], byte[]> producer;
  private final Duration pause;
  private final BooleanSupplier stopping;
  private final Consumer<ProducerRecord<byte[], byte[]>> taken;

  /**
   * Makes an outbox.
   *
   * @param taken hears of each record that Kafka has
   */
  Outbox(
      Producer<byte[], byte[]> producer,
      Duration pause,
      BooleanSupplier stopping,
      Consumer<ProducerRecord<byte[], byte[]>> taken) {
    this.producer = producer;
    this.pause = pause;
    this.stopping = stopping;
    this.taken = taken;
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
      open = attempt(open, smaller);
      if (open.isEmpty()) {
        return;
      }
      if (stopping.getAsBoolean()) {
        throw new InterruptedException("the worker stops");
      }
      Thread.sleep(pause);
    }
  }

  /** Those that must be sent again. */
  private List<ProducerRecord<byte[], byte[]>> attempt(
      List<ProducerRecord<byte[], byte[]>> records,
      UnaryOperator<ProducerRecord<byte[], byte[]>> smaller)
      throws InterruptedException {
    var sent = new ArrayList<Sent>();
    for (var record : records) {
      sent.add(send(record));
    }
    var again = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (Sent one : sent) {
      switch (one.outcome()) {
        case Outcome.Done() -> taken.accept(one.record);
        case Outcome.TooLarge() -> again.add(smaller.apply(one.record));
        case Outcome.Failed(Throwable cause) -> {
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

  private Sent send(ProducerRecord<byte[], byte[]> record) {
    try {
      return new Sent(record, producer.send(record), null);
    } catch (KafkaException e) {
      return new Sent(record, null, e);
    }
  }

  private sealed interface Outcome {
    record Done() implements Outcome {}

    record TooLarge() implements Outcome {}

    record Failed(Throwable cause) implements Outcome {}

    static Outcome of(Throwable cause) {
      return cause instanceof RecordTooLargeException ? new TooLarge() : new Failed(cause);
    }
  }

  private record Sent(
      ProducerRecord<byte[], byte[]> record,
      @Nullable Future<?> future,
      @Nullable KafkaException refused) {

    Outcome outcome() throws InterruptedException {
      if (future == null) {
        return Outcome.of(refused == null ? new KafkaException("not sent") : refused);
      }
      try {
        future.get();
        return new Outcome.Done();
      } catch (ExecutionException e) {
        return Outcome.of(e.getCause() == null ? e : e.getCause());
      }
    }
  }
}
