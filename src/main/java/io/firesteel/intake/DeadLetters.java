package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.json.Printable;
import io.firesteel.kafka.TruncatedValue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes dead letters: the message as it came, key, value and headers, with the reason and its place
 * of origin in headers that begin with {@code firesteel-}. To try again, send key, value and
 * headers to the origin topic; headers of an earlier refusal are replaced.
 */
record DeadLetters(String topic) {

  static final String PREFIX = "firesteel-";
  private static final int LARGEST_KEY = 4 << 10;

  ProducerRecord<byte[], byte[]> create(ReceivedMessage message, Rejection rejection) {
    return new ProducerRecord<>(
        topic, null, message.key(), message.value(), headers(message, rejection));
  }

  /**
   * For a broker that takes no message of that size: the beginning of the value, how long it was
   * and its digest, for the whole stands at the place of origin; of the headers only Firesteel's
   * own. The value of one that was cut before goes as a whole.
   */
  ProducerRecord<byte[], byte[]> truncate(ProducerRecord<byte[], byte[]> letter) {
    Headers headers = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (header.key().startsWith(PREFIX)) {
        headers.add(header);
      }
    }
    byte[] key = letter.key() == null || letter.key().length > LARGEST_KEY ? null : letter.key();
    byte[] value = letter.value();
    if (value == null || TruncatedValue.isDescribedBy(headers)) {
      return new ProducerRecord<>(topic, null, key, null, headers);
    }
    TruncatedValue cut = TruncatedValue.of(value);
    cut.describe(headers);
    return new ProducerRecord<>(topic, null, key, cut.beginning(), headers);
  }

  private static Headers headers(ReceivedMessage message, Rejection rejection) {
    Headers headers = new RecordHeaders();
    message.headers().forEach(h -> copyForeign(headers, h.key(), h.value()));
    add(headers, "reason-code", rejection.reason().name());
    add(headers, "reason", Printable.of(rejection.message()));
    add(headers, "origin-topic", message.topic());
    add(headers, "origin-partition", Integer.toString(message.partition()));
    add(headers, "origin-offset", Long.toString(message.offset()));
    add(headers, "origin-timestamp", message.timestamp().toString());
    return headers;
  }

  private static void copyForeign(Headers headers, String key, byte[] value) {
    if (!key.startsWith(PREFIX)) {
      headers.add(key, value);
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(UTF_8));
  }
}
