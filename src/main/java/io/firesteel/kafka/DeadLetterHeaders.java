package io.firesteel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.job.FailureReason;
import io.firesteel.json.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a dead letter: why Firesteel rejected the message, and where the message is. */
public final class DeadLetterHeaders {

  /** Every header that Firesteel adds begins with this. */
  public static final String PREFIX = "firesteel-";

  /** The name of a {@link FailureReason}. */
  public static final String REASON_CODE = PREFIX + "reason-code";

  public static final String REASON = PREFIX + "reason";
  public static final String ORIGIN_TOPIC = PREFIX + "origin-topic";
  public static final String ORIGIN_PARTITION = PREFIX + "origin-partition";
  public static final String ORIGIN_OFFSET = PREFIX + "origin-offset";
  public static final String ORIGIN_TIMESTAMP = PREFIX + "origin-timestamp";

  /** Identifies plain JSON that has neither an id nor a job id; see docs/requests.md. */
  private static final String MESSAGE_ID = "message-id";

  private static final int MAX_REASON_CHARACTERS = 4096;

  private DeadLetterHeaders() {}

  /** Adds the reason, printable and cut, and removes headers of an earlier rejection. */
  public static void addReason(Headers headers, FailureReason reason, String message) {
    own(headers).forEach(header -> headers.remove(header.key()));
    String cut = message.substring(0, Math.min(message.length(), MAX_REASON_CHARACTERS));
    add(headers, REASON_CODE, reason.name());
    add(headers, REASON, Printable.of(cut));
  }

  /** Adds the position of the rejected record. */
  public static void addOrigin(
      Headers headers, String topic, int partition, long offset, Instant timestamp) {
    add(headers, ORIGIN_TOPIC, topic);
    add(headers, ORIGIN_PARTITION, Integer.toString(partition));
    add(headers, ORIGIN_OFFSET, Long.toString(offset));
    add(headers, ORIGIN_TIMESTAMP, timestamp.toString());
  }

  /** The headers that Firesteel added. */
  public static List<Header> own(Headers headers) {
    var own = new ArrayList<Header>();
    for (Header header : headers) {
      if (header.key().startsWith(PREFIX)) {
        own.add(header);
      }
    }
    return own;
  }

  /**
   * The message as its sender published it, for its topic of origin; empty if Kafka holds only its
   * beginning.
   */
  public static Optional<ProducerRecord<byte[], byte[]>> original(
      ConsumerRecord<byte[], byte[]> letter) {
    Optional<String> topic = value(letter, ORIGIN_TOPIC);
    if (topic.isEmpty() || TruncatedValue.isDescribedBy(letter.headers())) {
      return Optional.empty();
    }
    Headers headers = new RecordHeaders(letter.headers());
    own(letter.headers()).forEach(header -> headers.remove(header.key()));
    if (headers.lastHeader(MESSAGE_ID) == null) {
      String id =
          value(letter, ORIGIN_PARTITION).orElse("")
              + ":"
              + value(letter, ORIGIN_OFFSET).orElse("");
      headers.add(MESSAGE_ID, id.getBytes(UTF_8));
    }
    return Optional.of(
        new ProducerRecord<>(topic.get(), null, letter.key(), letter.value(), headers));
  }

  /** The value of a header of a dead letter. */
  public static Optional<String> value(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? Optional.empty() : Optional.of(new String(header.value(), UTF_8));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
