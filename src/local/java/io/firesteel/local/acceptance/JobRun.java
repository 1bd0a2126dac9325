package io.firesteel.local.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.acceptance.PlannedJob.Interference;
import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the jobs of a plan, interferes with their drivers as planned, and reads what becomes of
 * them. For one thread.
 */
final class JobRun {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LINGER = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final AcceptanceOptions options;
  private final Map<String, PlannedJob> plan = new LinkedHashMap<>();
  private final Consumer<String> output;
  private final Map<String, List<JsonNode>> results = new HashMap<>();
  private final Map<String, List<String>> deadLetters = new HashMap<>();
  private final Map<String, String> drivers = new HashMap<>();
  private final KafkaProducer<byte[], byte[]> producer;

  private JobRun(
      KubernetesClient client,
      AcceptanceOptions options,
      List<PlannedJob> jobs,
      Consumer<String> output,
      KafkaProducer<byte[], byte[]> producer) {
    this.client = client;
    this.options = options;
    jobs.forEach(job -> plan.put(job.key(), job));
    this.output = output;
    this.producer = producer;
  }

  /** Returns what was seen when all jobs have ended, or at the timeout. */
  static Verdict.Seen run(
      KubernetesClient client,
      AcceptanceOptions options,
      List<PlannedJob> jobs,
      Consumer<String> output)
      throws ExecutionException, InterruptedException {
    String prefix = options.topicPrefix();
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", options.kafka());
    try (var producer = new KafkaProducer<>(settings, bytes, bytes);
        TopicReader topics =
            TopicReader.open(
                options.kafka(),
                prefix + "spark-job-events",
                prefix + "spark-job-results",
                prefix + "spark-job-dead-letters")) {
      var run = new JobRun(client, options, jobs, output, producer);
      for (PlannedJob job : jobs) {
        for (int i = 0; i < job.copies(); i++) {
          run.publish(job, job.message());
        }
      }
      run.follow(topics);
      return run.seen();
    }
  }

  private void publish(PlannedJob job, String message)
      throws ExecutionException, InterruptedException {
    producer
        .send(
            new ProducerRecord<>(
                options.topicPrefix() + "spark-job-requests",
                job.key().getBytes(UTF_8),
                message.getBytes(UTF_8)))
        .get();
  }

  /** Reads a little longer than necessary, for results that should not be there. */
  private void follow(TopicReader topics) {
    long end = System.nanoTime() + options.timeout().toNanos();
    boolean complete = false;
    while (System.nanoTime() < end) {
      topics.poll(this::record);
      if (!complete && plan.values().stream().allMatch(seen()::isComplete)) {
        complete = true;
        end = System.nanoTime() + LINGER.toNanos();
      }
    }
  }

  private Verdict.Seen seen() {
    return new Verdict.Seen(results, deadLetters);
  }

  private void record(ConsumerRecord<byte[], byte[]> message) {
    if (message.topic().endsWith("spark-job-dead-letters")) {
      deadLetter(message);
      return;
    }
    JsonNode event = json(message.value());
    PlannedJob job = plan.get(event.path("partitionkey").asText());
    if (job == null) {
      return;
    }
    JsonNode data = event.path("data");
    if (message.topic().endsWith("spark-job-results")) {
      results.computeIfAbsent(job.key(), _ -> new ArrayList<>()).add(data);
      output.accept("%-24s %s".formatted(job.name(), ended(data)));
      return;
    }
    switch (event.path("type").asText()) {
      case "io.firesteel.driver.submitted.v1" ->
          drivers.put(job.key(), data.path("driver").path("name").asText());
      case "io.firesteel.driver.started.v1" -> interfere(job);
      default -> {}
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> message) {
    var code = message.headers().lastHeader("firesteel-reason-code");
    if (message.key() != null && code != null) {
      deadLetters
          .computeIfAbsent(new String(message.key(), UTF_8), _ -> new ArrayList<>())
          .add(new String(code.value(), UTF_8));
    }
  }

  private static String ended(JsonNode data) {
    JsonNode failure = data.path("failure");
    return data.path("outcome").asText().toLowerCase(java.util.Locale.ROOT)
        + (failure.isMissingNode()
            ? ""
            : "  %s %s"
                .formatted(failure.path("category").asText(), failure.path("reason").asText()));
  }

  private void interfere(PlannedJob job) {
    switch (job.whenRunning()) {
      case Interference.NONE -> {}
      case Interference.CANCEL -> cancel(job);
      case Interference.DELETE_POD, Interference.EVICT_POD -> endPod(job);
    }
  }

  private void cancel(PlannedJob job) {
    try {
      publish(
          job,
          "{\"type\":\"io.firesteel.job.cancel.v1\",\"tenant\":\"%s\",\"jobId\":\"%s\"}"
              .formatted(job.tenant(), job.id()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused a control event", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endPod(PlannedJob job) {
    var pod =
        client
            .pods()
            .inNamespace(options.namespaceOf(job.tenant()))
            .withName(drivers.getOrDefault(job.key(), ""));
    try {
      if (job.whenRunning() == Interference.EVICT_POD) {
        pod.evict();
      } else {
        pod.delete();
      }
    } catch (KubernetesClientException e) {
      // The client repeats a call that got no answer in time.
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException("an event on a public topic is not JSON", e);
    }
  }
}
