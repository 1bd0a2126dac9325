package io.firesteel.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.event.EventHeader;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobResult;
import io.firesteel.event.Links;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.Timeline;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.firesteel.workflow.core.WorkflowDecisions;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import io.firesteel.workflow.spec.WorkflowReader;
import io.firesteel.workflow.spec.WorkflowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processors, their store and their topics, with the clock moved by hand. */
final class WorkflowTopologyTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String REQUEST =
      """
      tenant: blue
      workflowId: nightly.1
      deadline: {finishWithin: 1h}
      tasks:
        list: {template: t}
        load: {template: t, depends: list, forEach: {from: list.outputs.files, as: file}, parameters: {file: '{{file}}'}}
      onExit: {template: t}
      """;

  @TempDir Path state;

  private final Topics topics = new Topics("");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private @Nullable TopologyTestDriver driver;

  private TopologyTestDriver driver() {
    TopologyTestDriver current = driver;
    if (current == null) {
      Properties settings = new Properties();
      settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
      current =
          new TopologyTestDriver(
              WorkflowTopology.build(
                  topics,
                  new WorkflowDecisions(Duration.ofDays(8)),
                  EventSchemas.ENCODER,
                  new WorkflowMetrics(registry)),
              settings,
              START);
      driver = current;
    }
    return current;
  }

  /** Another driver with the stored state of this one, which is what the changelog has. */
  private void restart() {
    List<KeyValue<String, byte[]>> stored = new ArrayList<>();
    try (var all = driver().<String, byte[]>getKeyValueStore(WorkflowProcessor.STORE).all()) {
      all.forEachRemaining(stored::add);
    }
    close();
    driver().<String, byte[]>getKeyValueStore(WorkflowProcessor.STORE).putAll(stored);
  }

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }

  @Test
  void carriesAWorkflowFromRequestToResultThroughARestart() throws IOException {
    request();
    assertThat(asked()).containsExactly("blue/nightly.1.list");
    restart();

    end("nightly.1.list", Outcome.SUCCEEDED, "{\"files\": [\"a\", \"b\"]}");
    List<JsonNode> asks = read(topics.asks());
    assertThat(asks)
        .extracting(ask -> ask.path("job").asText())
        .containsExactly("blue/nightly.1.load.0", "blue/nightly.1.load.1");
    assertThat(asks.getLast().at("/request/parameters/file").asText()).isEqualTo("b");
    assertThat(asks.getLast().at("/requester").toString())
        .isEqualTo(
            "{\"kind\":\"workflow\",\"workflow\":\"nightly.1\",\"task\":\"load\",\"index\":1}");
    restart();

    end("nightly.1.load.1", Outcome.SUCCEEDED, "{}");
    end("nightly.1.load.1", Outcome.SUCCEEDED, "{}");
    end("nightly.1.load.0", Outcome.SUCCEEDED, "{}");
    assertThat(asked()).containsExactly("blue/nightly.1.onExit");
    end("nightly.1.onExit", Outcome.FAILED, "{}");

    List<JsonNode> results = read(topics.workflowResults());
    assertThat(results).hasSize(1);
    assertThat(results.getFirst().path("type").asText())
        .isEqualTo("io.firesteel.workflow.succeeded.v1");
    assertThat(results.getFirst().at("/data/tasks/load/succeeded").asInt()).isEqualTo(2);
    assertThat(read(topics.workflowStatus()).getLast().path("phase").asText()).isEqualTo("ENDED");
    assertThat(
            registry
                .counter(WorkflowMetrics.ENDED, "tenant", "blue", "outcome", "succeeded")
                .count())
        .isEqualTo(1);
    driver().advanceWallClockTime(Duration.ofDays(9));
    assertThat(new TopologyOutput(driver()).values(topics.workflowStatus()))
        .hasSize(1)
        .containsOnlyNulls();
  }

  @Test
  void asksForNothingTwiceWhenARequestIsReadAgain() throws IOException {
    request();
    request();

    assertThat(asked()).containsExactly("blue/nightly.1.list");
    assertThat(types(topics.events())).contains("io.firesteel.workflow.duplicate.v1");
  }

  @Test
  void stopsAWorkflowAtItsDeadline() throws IOException {
    request();
    read(topics.asks());
    driver().advanceWallClockTime(Duration.ofMinutes(61));

    assertThat(read(topics.asks()))
        .singleElement()
        .satisfies(ask -> assertThat(ask.path("kind").asText()).isEqualTo("cancel"));
    end("nightly.1.list", Outcome.CANCELLED, "{}");
    end("nightly.1.onExit", Outcome.SUCCEEDED, "{}");
    assertThat(types(topics.workflowResults())).containsExactly("io.firesteel.workflow.failed.v1");
  }

  @Test
  void skipsWhatItCannotRead() throws IOException {
    driver()
        .createInputTopic(topics.workflows(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("blue", new byte[] {1, 2, 3});
    event("blue/x.y", "{\"no\": \"event\"}".getBytes(UTF_8));
    request();

    assertThat(asked()).containsExactly("blue/nightly.1.list");
  }

  private void request() throws IOException {
    WorkflowSpec spec =
        WorkflowReader.read(
                new YAMLMapper().readTree(REQUEST), "", null, List.of(), new ArrayList<>())
            .spec()
            .orElseThrow();
    tell(
        new WorkflowMessage.Requested(
            spec, new Origin("/test", "1", START, null, null, null, null)));
  }

  private void tell(WorkflowMessage message) {
    WorkflowKey key = message.key();
    driver()
        .createInputTopic(topics.workflows(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(key.tenant(), JsonCodec.write(message));
  }

  private void end(String id, Outcome outcome, String outputs) throws IOException {
    JobKey job = new JobKey("blue", id);
    Map<String, JsonNode> values = new TreeMap<>();
    JsonCodec.MAPPER
        .readTree(outputs)
        .properties()
        .forEach(e -> values.put(e.getKey(), e.getValue()));
    JobResult result =
        new JobResult(
            "blue",
            id,
            1,
            outcome,
            JobPhase.RUNNING,
            1,
            null,
            values.isEmpty() ? null : values,
            Timeline.received(START).withEndedAt(START),
            null,
            "blue",
            null,
            "/workflows/nightly.1",
            id,
            null,
            null,
            Map.of(),
            new Links(null, null, null),
            null,
            null,
            null);
    event(
        job.toString(),
        new JsonFormat()
            .serialize(
                EventSchemas.ENCODER.encode(
                    new PublishedJobEvent(
                        job,
                        1,
                        new EventHeader(9, START, null, id, null, null),
                        new JobEvent.JobEnded(result)))));
  }

  private void event(String key, byte[] value) {
    driver()
        .createInputTopic(topics.events(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                key,
                value,
                new RecordHeaders()
                    .add("content-type", "application/cloudevents+json".getBytes(UTF_8)),
                START));
  }

  private List<String> asked() {
    return read(topics.asks()).stream().map(ask -> ask.path("job").asText()).toList();
  }

  private List<String> types(String topic) {
    return read(topic).stream().map(event -> event.path("type").asText()).toList();
  }

  private List<JsonNode> read(String topic) {
    return new TopologyOutput(driver()).values(topic).stream().filter(Objects::nonNull).toList();
  }
}
