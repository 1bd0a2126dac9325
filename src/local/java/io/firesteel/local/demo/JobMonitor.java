package io.firesteel.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the public topics, prints every event, and keeps results and dead letters. For one thread.
 */
final class JobMonitor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "io.firesteel.";

  private final String results;
  private final String workflowResults;
  private final String deadLetters;
  private final List<JsonNode> resultsOfWorkflows = new ArrayList<>();
  private final Map<String, List<JsonNode>> resultsByJob = new TreeMap<>();
  private final Map<String, Integer> duplicates = new HashMap<>();
  private final List<String> deadLetterReasons = new ArrayList<>();

  JobMonitor(String results, String workflowResults, String deadLetters) {
    this.results = results;
    this.workflowResults = workflowResults;
    this.deadLetters = deadLetters;
  }

  void follow(TopicReader topics) {
    topics.poll(this::record);
  }

  /** The results of a job; there should be one. */
  List<JsonNode> resultsOf(String job) {
    return resultsByJob.getOrDefault(job, List.of());
  }

  /** The number of jobs with a result. */
  int jobsWithResult() {
    return resultsByJob.size();
  }

  /** The number of duplicates of a job. */
  int duplicatesOf(String job) {
    return duplicates.getOrDefault(job, 0);
  }

  /** The results of workflows; there should be one. */
  List<JsonNode> workflowResults() {
    return List.copyOf(resultsOfWorkflows);
  }

  /** The reasons of the dead letters, in order. */
  List<String> deadLetters() {
    return List.copyOf(deadLetterReasons);
  }

  private void record(ConsumerRecord<byte[], byte[]> message) {
    if (message.topic().equals(deadLetters)) {
      String reason = header(message, "firesteel-reason");
      deadLetterReasons.add(reason);
      print("", "dead letter", reason);
      return;
    }
    JsonNode event = read(message.value());
    if (message.topic().equals(workflowResults)) {
      resultsOfWorkflows.add(event.path("data"));
      return;
    }
    String job =
        event.path("tenant").asText()
            + "/"
            + event.path(event.has("jobid") ? "jobid" : "subject").asText();
    String what = name(event.path("type").asText());
    if (message.topic().equals(results)) {
      resultsByJob.computeIfAbsent(job, key -> new ArrayList<>()).add(event.path("data"));
      return;
    }
    if (what.equals("duplicate")) {
      duplicates.merge(job, 1, Integer::sum);
    }
    print(job, what, detail(event.path("data")));
  }

  /** {@code io.firesteel.job.accepted.v1} is {@code accepted}. */
  private static String name(String type) {
    String inner = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    String[] parts = inner.split("\\.", -1);
    return parts[0].equals("job") && parts.length > 1
        ? parts[1]
        : inner.replaceAll("\\.v\\d+$", "");
  }

  private static String detail(JsonNode data) {
    JsonNode failure = data.path("failure");
    if (!failure.isMissingNode() && !failure.isNull()) {
      return failure.path("reason").asText() + ": " + firstLine(failure.path("message").asText());
    }
    for (String field : List.of("task", "reason", "pod", "node", "running")) {
      JsonNode value = data.path(field);
      if (value.isValueNode() && !value.isNull()) {
        return field + " " + value.asText();
      }
    }
    JsonNode pod = data.path("driver").path("name");
    return pod.isMissingNode() ? "" : "pod " + pod.asText();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static void print(String job, String what, String detail) {
    System.out.printf(
        "%s  %-24s %-16s %s%n", LocalTime.now().truncatedTo(ChronoUnit.SECONDS), job, what, detail);
  }

  private static JsonNode read(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException("an event on a public topic is not JSON", e);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
