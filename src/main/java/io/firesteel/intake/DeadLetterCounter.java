package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Counts the dead letters that Kafka has, by the code of their reason. Thread-safe. */
record DeadLetterCounter(MeterRegistry registry) {

  /** Counter; tag code. */
  static final String NAME = "firesteel.dead.letters";

  DeadLetterCounter {
    // From the start, or the first of each would be no increase.
    for (FailureReason code : FailureReason.values()) {
      registry.counter(NAME, "code", code.name());
    }
  }

  private static final String CODE = DeadLetters.PREFIX + "reason-code";

  /** A record was taken; only dead letters say why they are. */
  void count(ProducerRecord<byte[], byte[]> record) {
    Header code = record.headers().lastHeader(CODE);
    if (code != null) {
      registry.counter(NAME, "code", new String(code.value(), UTF_8)).increment();
    }
  }
}
