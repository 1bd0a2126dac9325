package io.firesteel.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.event.EventData;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.workflow.core.WorkflowDecisions;
import io.firesteel.workflow.core.WorkflowEvent;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import io.firesteel.workflow.core.WorkflowOutput;
import io.firesteel.workflow.core.WorkflowState;
import io.firesteel.workflow.core.WorkflowStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes messages and the time to {@link WorkflowDecisions}. The new state, the asks and the events
 * of a decision are committed together. A decision that hits a bug changes nothing: its message is
 * skipped, and an alarm is tried again a minute later. One thread.
 */
final class WorkflowProcessor implements Processor<String, byte[], String, byte @Nullable []> {

  static final String STORE = "workflows";
  static final String ASKS = "workflow-asks";
  static final String EVENTS = "workflow-events";
  static final String RESULTS = "workflow-results";
  static final String STATUS = "workflow-status";

  private static final Logger LOG = LoggerFactory.getLogger(WorkflowProcessor.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int WORKFLOWS_PER_TICK = 1_000;
  private static final Duration AFTER_BUG = Duration.ofMinutes(1);

  /** More than Kafka adds to a record in a batch. */
  private static final int OVERHEAD = 1024;

  private final WorkflowDecisions decisions;
  private final CloudEventEncoder encoder;
  private final Serializer<CloudEvent> events;
  private final WorkflowMetrics metrics;
  private @Nullable ProcessorContext<String, byte @Nullable []> context;
  private @Nullable PersistentWorkflowStore store;

  WorkflowProcessor(
      WorkflowDecisions decisions, CloudEventEncoder encoder, WorkflowMetrics metrics) {
    this.decisions = decisions;
    this.encoder = encoder;
    this.events = encoder.serializer();
    this.metrics = metrics;
  }

  /** A record and the sink that takes it. */
  private record OutputRecord(String sink, Record<String, byte @Nullable []> record) {}

  @Override
  public void init(ProcessorContext<String, byte @Nullable []> context) {
    this.context = context;
    this.store = new PersistentWorkflowStore(context.getStateStore(STORE));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
  }

  private void tick() {
    for (WorkflowKey key : store().due(now(), WORKFLOWS_PER_TICK)) {
      if (!decide(key, () -> decisions.tick(store(), key, now()))) {
        WorkflowState state = store().state(key);
        if (state != null) {
          store().put(state.withAlarm(now().plus(AFTER_BUG)));
        }
      }
    }
  }

  @Override
  public void process(Record<String, byte[]> inbound) {
    WorkflowMessage message = read(inbound.value());
    if (message == null || !message.key().tenant().equals(inbound.key())) {
      LOG.atError()
          .addKeyValue("key", inbound.key())
          .log("Skipped a record of the workflows topic");
      return;
    }
    decide(message.key(), () -> decisions.decide(store(), message, now()));
  }

  /** Makes a decision, and stores and sends its outputs; returns whether it succeeded. */
  private boolean decide(WorkflowKey key, Supplier<List<WorkflowOutput>> decision) {
    try {
      List<WorkflowOutput> outputs = decision.get();
      List<OutputRecord> records = new ArrayList<>();
      outputs.forEach(output -> encode(output, records));
      outputs.forEach(this::store);
      records.forEach(record -> context().forward(record.record, record.sink));
      outputs.forEach(metrics::count);
      return true;
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
      LOG.atError()
          .addKeyValue("tenant", key.tenant())
          .addKeyValue("workflow", key.id())
          .setCause(e)
          .log("A decision about a workflow failed");
      return false;
    }
  }

  private void store(WorkflowOutput output) {
    switch (output) {
      case WorkflowOutput.StoreSpec(var key, var spec) -> store().put(key, spec);
      case WorkflowOutput.StoreState(var state) -> store().put(state);
      case WorkflowOutput.StoreOutputs(var key, var task, var values) ->
          store().put(key, task, values);
      case WorkflowOutput.Forget(var state, var tasks) -> store().forget(state, tasks);
      case WorkflowOutput.WriteAsk _, WorkflowOutput.Publish _ -> {}
    }
  }

  private void encode(WorkflowOutput output, List<OutputRecord> records) {
    switch (output) {
      case WorkflowOutput.StoreSpec _, WorkflowOutput.StoreOutputs _ -> {}
      case WorkflowOutput.StoreState(var state) ->
          records.add(
              json(STATUS, state.key().toString(), JsonCodec.write(WorkflowStatus.of(state))));
      case WorkflowOutput.Forget(var state, _) ->
          records.add(json(STATUS, state.key().toString(), null));
      case WorkflowOutput.WriteAsk(var ask) ->
          records.add(json(ASKS, ask.job().tenant(), JsonCodec.write(ask)));
      case WorkflowOutput.Publish published -> {
        records.add(event(EVENTS, published));
        if (published.event() instanceof WorkflowEvent.Ended) {
          records.add(event(RESULTS, published));
        }
      }
    }
  }

  private OutputRecord json(String sink, String key, byte @Nullable [] value) {
    return new OutputRecord(sink, new Record<>(key, checkSize(key, value), now().toEpochMilli()));
  }

  private OutputRecord event(String sink, WorkflowOutput.Publish published) {
    WorkflowKey key = published.key();
    String partitionKey = key.tenant() + "/workflow/" + key.id();
    Object data =
        published.event() instanceof WorkflowEvent.Ended(var result)
            ? result
            : new EventData(published.generation(), published.event());
    CloudEvent event =
        encoder.encode(
            published.id(),
            published.header(),
            partitionKey,
            data,
            builder ->
                builder
                    .withType(published.event().type())
                    .withSubject(key.id())
                    .withExtension("tenant", key.tenant())
                    .withExtension("workflow", key.id()));
    Headers headers = new RecordHeaders();
    byte[] bytes = checkSize(partitionKey, events.serialize(sink, headers, event));
    return new OutputRecord(sink, new Record<>(partitionKey, bytes, now().toEpochMilli(), headers));
  }

  /** An ask that its topic would not accept must fail the decision and not the stream thread. */
  private static byte @Nullable [] checkSize(String key, byte @Nullable [] value) {
    int bytes = key.getBytes(UTF_8).length + (value == null ? 0 : value.length) + OVERHEAD;
    if (bytes > Topics.LARGEST_RECORD) {
      throw new IllegalStateException("a record has %d bytes".formatted(bytes));
    }
    return value;
  }

  private static @Nullable WorkflowMessage read(byte @Nullable [] bytes) {
    try {
      return bytes == null ? null : JsonCodec.MAPPER.readValue(bytes, WorkflowMessage.class);
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(context().currentSystemTimeMs());
  }

  private PersistentWorkflowStore store() {
    return Objects.requireNonNull(store, "init comes first");
  }

  private ProcessorContext<String, byte @Nullable []> context() {
    return Objects.requireNonNull(context, "init comes first");
  }
}
