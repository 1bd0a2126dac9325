package io.firesteel.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events, results and dead letters that a downstream system reads. {@link TopicReader} checks
 * every event against its schema.
 */
public final class PublishedEvents implements AutoCloseable {

  private static final String EVENTS = "spark-job-events";
  private static final String RESULTS = "spark-job-results";
  private static final String DEAD_LETTERS = "spark-job-dead-letters";

  private final TopicReader topics;
  private final Map<String, List<JsonNode>> events = new TreeMap<>();
  private final Map<String, List<JsonNode>> results = new TreeMap<>();
  private final List<String> deadLetters = new ArrayList<>();
  private final Map<String, byte[]> deadLetterValues = new TreeMap<>();

  /** Reads from the start of the topics. */
  public PublishedEvents(String bootstrapServers) {
    topics = TopicReader.open(bootstrapServers, EVENTS, RESULTS, DEAD_LETTERS);
  }

  /** Reads for a moment. */
  public PublishedEvents poll() {
    topics.poll(this::record);
    return this;
  }

  /** Results by {@code tenant/id}. */
  public Map<String, List<JsonNode>> results() {
    return results;
  }

  /** Results of one job. */
  public List<JsonNode> resultsOf(String job) {
    return results.getOrDefault(job, List.of());
  }

  /** Results of all jobs of a tenant. */
  List<JsonNode> resultsOfTenant(String tenant) {
    return results.entrySet().stream()
        .filter(job -> job.getKey().startsWith(tenant + "/"))
        .flatMap(job -> job.getValue().stream())
        .toList();
  }

  /** Types of a job's events in their order. */
  public List<String> eventTypes(String job) {
    return events.getOrDefault(job, List.of()).stream()
        .map(event -> event.path("type").asText())
        .toList();
  }

  /** The executors of a job with events of their own. */
  List<JsonNode> executors(String job) {
    return events.getOrDefault(job, List.of()).stream()
        .flatMap(event -> event.at("/data/changed").valueStream())
        .toList();
  }

  /** Sequence numbers of a job's events in their order. */
  public List<Long> sequenceNumbers(String job) {
    return events.getOrDefault(job, List.of()).stream()
        .map(event -> Long.parseLong(event.path("sequence").asText()))
        .toList();
  }

  /** A job's events in their order; a tenant's under its name. */
  public List<JsonNode> eventsOf(String job) {
    return events.getOrDefault(job, List.of());
  }

  /** The values of the dead letters by the positions of the messages: topic, partition, offset. */
  public Map<String, byte[]> deadLetterValues() {
    return deadLetterValues;
  }

  /** Code and text of each dead letter. */
  public List<String> deadLetters() {
    return deadLetters;
  }

  private void record(ConsumerRecord<byte[], byte[]> message) {
    if (message.topic().equals(DEAD_LETTERS)) {
      String position =
          header(message, "firesteel-origin-topic")
              + "/"
              + header(message, "firesteel-origin-partition")
              + "/"
              + header(message, "firesteel-origin-offset");
      deadLetterValues.put(position, Objects.requireNonNullElse(message.value(), new byte[0]));
      deadLetters.add(
          header(message, "firesteel-reason-code") + ": " + header(message, "firesteel-reason"));
      return;
    }
    JsonNode event = JsonCodec.read(message.value(), JsonNode.class);
    String job = new String(message.key(), StandardCharsets.UTF_8);
    if (message.topic().equals(RESULTS)) {
      results.computeIfAbsent(job, key -> new ArrayList<>()).add(event.path("data"));
    } else {
      events.computeIfAbsent(job, key -> new ArrayList<>()).add(event);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    topics.close();
  }
}
