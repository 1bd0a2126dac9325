package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.json.Printable;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes dead letters: the message as it came, key, value and headers, with the reason and its place
 * of origin in headers that begin with {@code firesteel-}. To try again, send key, value and
 * headers to the origin topic; headers of an earlier refusal are replaced.
 */
record DeadLetters(String topic) {

  static final String PREFIX = "firesteel-";
  private static final int LONGEST_REASON = 4096;
  private static final int KEPT_OF_A_GIANT = 64 << 10;

  ProducerRecord<byte[], byte[]> letter(Received message, Reason reason) {
    return new ProducerRecord<>(
        topic, null, message.key(), message.value(), headers(message, reason));
  }

  /** For a broker that takes no message of that size: the beginning only, and how long it was. */
  ProducerRecord<byte[], byte[]> cut(ProducerRecord<byte[], byte[]> letter) {
    byte[] value = letter.value() == null ? new byte[0] : letter.value();
    Headers headers = new RecordHeaders(letter.headers().toArray());
    headers.add(PREFIX + "cut-from-bytes", Integer.toString(value.length).getBytes(UTF_8));
    return new ProducerRecord<>(
        topic,
        null,
        letter.key(),
        Arrays.copyOf(value, Math.min(value.length, KEPT_OF_A_GIANT)),
        headers);
  }

  private static Headers headers(Received message, Reason reason) {
    Headers headers = new RecordHeaders();
    message.headers().forEach(h -> addUnlessOurs(headers, h.key(), h.value()));
    add(headers, "reason-code", reason.code().name());
    String text = Printable.of(reason.text());
    add(headers, "reason", text.substring(0, Math.min(text.length(), LONGEST_REASON)));
    add(headers, "origin-topic", message.topic());
    add(headers, "origin-partition", Integer.toString(message.partition()));
    add(headers, "origin-offset", Long.toString(message.offset()));
    add(headers, "origin-timestamp", message.timestamp().toString());
    return headers;
  }

  private static void addUnlessOurs(Headers headers, String key, byte[] value) {
    if (!key.startsWith(PREFIX)) {
      headers.add(key, value);
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(UTF_8));
  }
}
