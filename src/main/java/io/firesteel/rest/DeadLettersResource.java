package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.json.Printable;
import io.firesteel.kafka.DeadLetterHeaders;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TruncatedValue;
import io.firesteel.redaction.Redaction;
import io.firesteel.rest.TopicReads.Bounds;
import io.firesteel.rest.access.Requires;
import io.firesteel.rest.access.Role;
import io.firesteel.rest.problem.ProblemCode;
import io.firesteel.rest.problem.ProblemException;
import io.firesteel.status.StreamPosition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads dead letters, and sends them to their topics again. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "dead letters")
public final class DeadLettersResource {

  private static final int MAX_LIMIT = 200;
  private static final int MAX_VALUE = 64 << 10;
  private static final int MAX_PAGES = 20;

  private final TopicReads topicReads;
  private final RequestProducer producer;
  private final String topic;

  DeadLettersResource(TopicReads topicReads, RequestProducer producer, Topics topics) {
    this.topicReads = topicReads;
    this.producer = producer;
    this.topic = topics.deadLetters();
  }

  /**
   * A dead letter.
   *
   * @param id partition and offset
   * @param code the reason code
   * @param origin topic, partition and offset of the message
   * @param bytes of the value
   * @param cut whether Kafka holds only the beginning of the value, so that it cannot be redriven
   * @param value the value, secrets redacted; null in lists
   */
  public record DeadLetter(
      String id,
      String code,
      String reason,
      String origin,
      Instant at,
      @Nullable String key,
      int bytes,
      boolean cut,
      @Nullable String value) {}

  /** A page, newest first; {@code nextCursor} is null on the last one. */
  public record DeadLetterList(List<DeadLetter> items, @Nullable String nextCursor) {}

  @GET
  @Requires(Role.OPERATOR)
  @Operation(operationId = "listDeadLetters", summary = "Lists dead letters, the newest first")
  public DeadLetterList list(
      @QueryParam("code") @Nullable String code,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int wanted = Math.clamp(limit, 1, MAX_LIMIT);
    Map<TopicPartition, Bounds> left = left(cursor);
    List<DeadLetter> found = new ArrayList<>();
    for (int page = 0; page < MAX_PAGES && found.size() < wanted && !left.isEmpty(); page++) {
      List<ConsumerRecord<byte[], byte[]>> records = newest(left, wanted);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (found.size() == wanted) {
          break;
        }
        read(left, record);
        if (code == null || code.equals(header(record, DeadLetterHeaders.REASON_CODE))) {
          found.add(letter(record, false));
        }
      }
      if (records.isEmpty()) {
        left.clear();
      }
    }
    left.values().removeIf(bounds -> bounds.end() <= bounds.begin());
    return new DeadLetterList(found, left.isEmpty() ? null : cursor(left));
  }

  /** Everything before a record of its partition is still to be read. */
  private static void read(
      Map<TopicPartition, Bounds> left, ConsumerRecord<byte[], byte[]> record) {
    left.computeIfPresent(
        new TopicPartition(record.topic(), record.partition()),
        (_, bounds) -> new Bounds(bounds.begin(), record.offset()));
  }

  private Map<TopicPartition, Bounds> left(@Nullable String cursor) {
    Map<TopicPartition, Bounds> bounds = new HashMap<>(topicReads.bounds(topic));
    if (cursor != null) {
      StreamPosition ends =
          StreamPosition.parse(cursor)
              .orElseThrow(() ->
                  new ProblemException(
                      ProblemCode.QUERY_INVALID, "the cursor is not one of this list"));
      bounds.replaceAll((at, all) ->
          new Bounds(
              all.begin(), Math.min(all.end(), ends.offsets().getOrDefault(at.partition(), 0L))));
    }
    bounds.values().removeIf(one -> one.end() <= one.begin());
    return bounds;
  }

  private static String cursor(Map<TopicPartition, Bounds> left) {
    Map<Integer, Long> ends = new HashMap<>();
    left.forEach((at, bounds) -> ends.put(at.partition(), bounds.end()));
    return new StreamPosition(ends).toString();
  }

  /** The newest records that are left, so many of each partition at most. */
  private List<ConsumerRecord<byte[], byte[]>> newest(Map<TopicPartition, Bounds> left, int limit) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    left.forEach((at, bounds) -> {
      long from = Math.max(bounds.begin(), bounds.end() - limit);
      topicReads.between(at, from, bounds.end(), records::add);
    });
    records.sort(
        Comparator.comparingLong((ConsumerRecord<byte[], byte[]> record) -> record.timestamp())
            .thenComparingLong(ConsumerRecord::offset)
            .reversed());
    return records;
  }

  @GET
  @Path("{partition}-{offset}")
  @Requires(Role.OPERATOR)
  @Operation(operationId = "getDeadLetter", summary = "Shows a dead letter with its value")
  public DeadLetter get(@PathParam("partition") int partition, @PathParam("offset") long offset) {
    return letter(record(partition, offset), true);
  }

  @POST
  @Path("{partition}-{offset}/redrive")
  @Requires(Role.OPERATOR)
  @Operation(
      operationId = "redriveDeadLetter",
      summary = "Sends a dead letter to its topic again; it remains in the dead letters")
  @APIResponse(
      responseCode = "202",
      description = "The message is in its topic.",
      content = @Content(schema = @Schema(implementation = DeadLetter.class)))
  public Response redrive(@PathParam("partition") int partition, @PathParam("offset") long offset) {
    ConsumerRecord<byte[], byte[]> record = record(partition, offset);
    producer.sendRecords(
        List.of(
            DeadLetterHeaders.original(record)
                .orElseThrow(() -> new ProblemException(ProblemCode.DEAD_LETTER_CUT))));
    return Response.accepted(letter(record, false)).build();
  }

  private ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    if (!topicReads.bounds(topic).containsKey(new TopicPartition(topic, partition))) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return topicReads
        .at(topic, partition, offset)
        .orElseThrow(() -> new ProblemException(ProblemCode.RECORD_GONE));
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record, boolean withValue) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    String key = record.key() == null ? null : new String(record.key(), UTF_8);
    return new DeadLetter(
        record.partition() + "-" + record.offset(),
        header(record, DeadLetterHeaders.REASON_CODE),
        header(record, DeadLetterHeaders.REASON),
        "%s-%s@%s"
            .formatted(
                header(record, DeadLetterHeaders.ORIGIN_TOPIC),
                header(record, DeadLetterHeaders.ORIGIN_PARTITION),
                header(record, DeadLetterHeaders.ORIGIN_OFFSET)),
        Instant.ofEpochMilli(record.timestamp()),
        key == null ? null : Printable.of(key, 300),
        value.length,
        TruncatedValue.isDescribedBy(record.headers()),
        withValue
            ? Redaction.redact(new String(value, 0, Math.min(value.length, MAX_VALUE), UTF_8))
            : null);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "?" : new String(header.value(), UTF_8);
  }
}
