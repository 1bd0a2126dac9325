package io.firesteel.workflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.ask.Ask;
import io.firesteel.event.Outcome;
import io.firesteel.job.Origin;
import io.firesteel.job.Requester;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.ValidationError;
import io.firesteel.workflow.spec.WorkflowReader;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Workflows in memory. Everything that is stored goes through JSON, as it does in Kafka. */
final class WorkflowHarness implements WorkflowStore {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration WEEK = Duration.ofDays(7);

  final Map<String, Ask.JobAsked> running = new LinkedHashMap<>();
  final List<String> asked = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final List<WorkflowEvent> events = new ArrayList<>();
  final List<WorkflowOutput.Publish> published = new ArrayList<>();
  private final Map<WorkflowKey, byte[]> states = new HashMap<>();
  private final Map<WorkflowKey, byte[]> specs = new HashMap<>();
  private final Map<String, Map<String, JsonNode>> outputs = new HashMap<>();
  private final WorkflowDecisions decisions = new WorkflowDecisions(WEEK);
  Instant now = NOON;

  static WorkflowSpec spec(String yaml) {
    List<ValidationError> errors = new ArrayList<>();
    var read = WorkflowReader.read(json(yaml), "", null, List.of(), errors);
    assertThat(errors).isEmpty();
    return read.spec().orElseThrow();
  }

  static JsonNode json(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Origin origin(String id) {
    return new Origin("/test", id, NOON, null, null, null, null);
  }

  /** Starts a workflow of tenant acme with the id w. */
  WorkflowHarness start(String yaml) {
    tell(new WorkflowMessage.Requested(spec("tenant: acme\nworkflowId: w\n" + yaml), origin("1")));
    return this;
  }

  List<WorkflowOutput> tell(WorkflowMessage message) {
    WorkflowMessage read = JsonCodec.read(JsonCodec.write(message), WorkflowMessage.class);
    assertThat(read).isEqualTo(message);
    return apply(decisions.decide(this, read, now));
  }

  WorkflowHarness cancel() {
    tell(new WorkflowMessage.CancelRequested(key("w"), origin("c"), "enough"));
    return this;
  }

  WorkflowHarness tick(Duration later) {
    now = now.plus(later);
    for (WorkflowKey key : List.copyOf(states.keySet())) {
      apply(decisions.tick(this, key, now));
    }
    return this;
  }

  WorkflowHarness succeed(String job) {
    return end(job, Outcome.SUCCEEDED, Map.of());
  }

  WorkflowHarness fail(String job) {
    return end(job, Outcome.FAILED, Map.of());
  }

  WorkflowHarness end(String job, Outcome outcome, Map<String, JsonNode> values) {
    Ask.JobAsked ask = running.remove(job);
    tell(ended(Objects.requireNonNull(ask, "not running: " + job), outcome, values));
    return this;
  }

  static WorkflowMessage.JobEnded ended(
      Ask.JobAsked ask, Outcome outcome, Map<String, JsonNode> values) {
    var task = (Requester.WorkflowTask) ask.requester();
    return new WorkflowMessage.JobEnded(
        new WorkflowKey(ask.job().tenant(), task.workflow()),
        task.task(),
        task.index(),
        outcome,
        values);
  }

  private List<WorkflowOutput> apply(List<WorkflowOutput> effects) {
    for (WorkflowOutput effect : effects) {
      switch (effect) {
        case WorkflowOutput.StoreSpec(var key, var spec) -> {
          assertThat(specs.put(key, JsonCodec.write(spec))).isNull();
        }
        case WorkflowOutput.StoreState(var state) ->
            states.put(state.key(), JsonCodec.write(state));
        case WorkflowOutput.StoreOutputs(var key, var task, var values) ->
            outputs.put(key + "/" + task, values);
        case WorkflowOutput.Forget(var state, var tasks) -> {
          states.remove(state.key());
          specs.remove(state.key());
          tasks.forEach(task -> outputs.remove(state.key() + "/" + task));
        }
        case WorkflowOutput.WriteAsk(Ask.JobAsked ask) -> {
          assertThat(asked).doesNotContain(ask.job().id());
          asked.add(ask.job().id());
          running.put(ask.job().id(), ask);
        }
        case WorkflowOutput.WriteAsk(Ask.CancellationAsked ask) -> stopped.add(ask.job().id());
        case WorkflowOutput.Publish publish -> {
          published.add(publish);
          events.add(publish.event());
        }
      }
    }
    return effects;
  }

  /** The parameters of a running job. */
  JsonNode parameters(String job) {
    return Objects.requireNonNull(running.get(job), job).request().path("parameters");
  }

  static WorkflowKey key(String id) {
    return new WorkflowKey("acme", id);
  }

  String states() {
    StringBuilder all = new StringBuilder();
    WorkflowStatus.summaries(state("w"))
        .forEach((name, task) ->
            all.append(all.isEmpty() ? "" : " ").append(name).append('=').append(task.state()));
    return all.toString();
  }

  WorkflowState state(String id) {
    return Objects.requireNonNull(state(key(id)), id);
  }

  List<WorkflowResult> results() {
    return events.stream()
        .filter(WorkflowEvent.Ended.class::isInstance)
        .map(event -> ((WorkflowEvent.Ended) event).result())
        .toList();
  }

  @Nullable WorkflowOutcome outcome() {
    return results().isEmpty() ? null : results().getLast().outcome();
  }

  @Override
  public @Nullable WorkflowState state(WorkflowKey key) {
    byte[] stored = states.get(key);
    return stored == null ? null : JsonCodec.read(stored, WorkflowState.class);
  }

  @Override
  public @Nullable WorkflowSpec spec(WorkflowKey key) {
    byte[] stored = specs.get(key);
    return stored == null ? null : JsonCodec.read(stored, WorkflowSpec.class);
  }

  @Override
  public Map<String, JsonNode> outputs(WorkflowKey key, String task) {
    return outputs.getOrDefault(key + "/" + task, Map.of());
  }
}
