package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.bench.hostile.HostileInput.Answer;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What became of messages, by their positions: the dead letters name them, and so do the inbox
 * records that intake wrote, whose ids the events have as their cause. One thread.
 */
final class Answers implements AutoCloseable {

  private static final String INBOX = "firesteel-inbox";
  private static final String DEAD_LETTERS = "spark-job-dead-letters";
  private static final String RESULTS = "spark-job-results";
  private static final String ORIGIN = "firesteel-origin-";

  private final TopicReader topics;
  private final Set<String> deadLetters = new HashSet<>();
  private final Map<String, Set<String>> requestIds = new HashMap<>();
  private final Set<String> refusedPositions = new HashSet<>();
  private final Set<String> causes = new HashSet<>();
  private final Set<String> jobsWithResult = new HashSet<>();

  Answers(String bootstrapServers) {
    topics = TopicReader.open(bootstrapServers, INBOX, DEAD_LETTERS, "spark-job-events", RESULTS);
  }

  /** Reads for a moment. */
  void poll() {
    topics.poll(this::read);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    switch (record.topic()) {
      case DEAD_LETTERS ->
          deadLetters.add(
              header(record, "topic")
                  + "/"
                  + header(record, "partition")
                  + "/"
                  + header(record, "offset"));
      case INBOX -> readInbox(record);
      default -> readEvent(record);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(ORIGIN + name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private void readInbox(ConsumerRecord<byte[], byte[]> record) {
    JsonNode message;
    try {
      message = JsonCodec.MAPPER.readTree(record.value());
    } catch (IOException | RuntimeException _) {
      return; // This benchmark wrote it.
    }
    JsonNode origin = message.path("job").path("origin");
    origin = origin.isMissingNode() ? message.path("origin") : origin;
    JsonNode at = origin.path("record");
    if (at.isObject()) {
      String position =
          "%s/%s/%s".formatted(at.path("topic").asText(), at.path("partition"), at.path("offset"));
      requestIds.computeIfAbsent(position, _ -> new HashSet<>()).add(origin.path("id").asText());
      if (message.path("kind").asText().equals("refused")) {
        refusedPositions.add(position);
      }
    }
  }

  private void readEvent(ConsumerRecord<byte[], byte[]> record) {
    JsonNode event = JsonCodec.read(record.value(), JsonNode.class);
    causes.add(event.path("causationid").asText());
    causes.add(event.path("data").path("requestId").asText());
    if (record.topic().equals(RESULTS)) {
      jobsWithResult.add(new String(record.key(), UTF_8));
    }
  }

  /** Whether the message at a position, {@code topic/partition/offset}, got its answer. */
  boolean has(String position, Answer answer) {
    return switch (answer) {
      case OPTIONAL -> true;
      case DEAD_LETTER -> deadLetters.contains(position);
      case REQUIRED ->
          deadLetters.contains(position)
              || requestIds.containsKey(position)
                  && causes.containsAll(requestIds.getOrDefault(position, Set.of()));
    };
  }

  boolean hasResult(String job) {
    return jobsWithResult.contains(job);
  }

  /** Messages that went to the inbox and were not refused. */
  int accepted() {
    return (int)
        requestIds.keySet().stream()
            .filter(position -> !refusedPositions.contains(position))
            .count();
  }

  /** Messages that were refused with a result. */
  int refused() {
    return refusedPositions.size();
  }

  int deadLetters() {
    return deadLetters.size();
  }

  @Override
  public void close() {
    topics.close();
  }
}
