package io.firesteel.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonCodec;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowState;
import io.firesteel.workflow.core.WorkflowStore;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The workflows of a partition, with an index of their alarms. One thread. */
final class PersistentWorkflowStore implements WorkflowStore {

  private static final String STATES = "k/";
  private static final String SPECS = "d/";
  private static final String OUTPUTS = "o/";
  private static final String ALARMS = "v/";

  /** Follows every character of a key. */
  private static final String END = "\uffff";

  private static final byte[] EMPTY = {};
  private static final TypeReference<Map<String, JsonNode>> VALUES = new TypeReference<>() {};
  private static final int MAX_READ_SPECS = 100;

  private final KeyValueStore<String, byte @Nullable []> store;

  /** Specs never change, and one of many items is slow to read. */
  private final Map<WorkflowKey, WorkflowSpec> readSpecs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkflowKey, WorkflowSpec> eldest) {
          return size() > MAX_READ_SPECS;
        }
      };

  PersistentWorkflowStore(KeyValueStore<String, byte @Nullable []> store) {
    this.store = store;
  }

  @Override
  public @Nullable WorkflowState state(WorkflowKey key) {
    byte[] bytes = store.get(STATES + key);
    return bytes == null ? null : JsonCodec.read(bytes, WorkflowState.class);
  }

  @Override
  public @Nullable WorkflowSpec spec(WorkflowKey key) {
    WorkflowSpec known = readSpecs.get(key);
    if (known != null) {
      return known;
    }
    byte[] bytes = store.get(SPECS + key);
    if (bytes == null) {
      return null;
    }
    WorkflowSpec spec = JsonCodec.read(bytes, WorkflowSpec.class);
    readSpecs.put(key, spec);
    return spec;
  }

  @Override
  public Map<String, JsonNode> outputs(WorkflowKey key, String task) {
    byte[] bytes = store.get(outputsOf(key, task));
    try {
      return bytes == null ? Map.of() : JsonCodec.MAPPER.readValue(bytes, VALUES);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the outputs of " + key, e);
    }
  }

  /** Stores a state, and its alarm. */
  void put(WorkflowState after) {
    WorkflowState before = state(after.key());
    Instant alarm = after.alarm();
    Instant alarmBefore = before == null ? null : before.alarm();
    if (!Objects.equals(alarm, alarmBefore)) {
      if (alarmBefore != null) {
        store.delete(alarm(alarmBefore) + after.key());
      }
      if (alarm != null) {
        store.put(alarm(alarm) + after.key(), EMPTY);
      }
    }
    store.put(STATES + after.key(), JsonCodec.write(after));
  }

  void put(WorkflowKey key, WorkflowSpec spec) {
    store.put(SPECS + key, JsonCodec.write(spec));
  }

  void put(WorkflowKey key, String task, Map<String, JsonNode> outputs) {
    store.put(outputsOf(key, task), JsonCodec.write(outputs));
  }

  /** Deletes all that is stored about a workflow. */
  void forget(WorkflowState state, Set<String> tasks) {
    if (state.alarm() != null) {
      store.delete(alarm(state.alarm()) + state.key());
    }
    tasks.forEach(task -> store.delete(outputsOf(state.key(), task)));
    store.delete(SPECS + state.key());
    store.delete(STATES + state.key());
    readSpecs.remove(state.key());
  }

  /** The workflows whose alarm is due, earliest first. */
  List<WorkflowKey> due(Instant now, int limit) {
    List<WorkflowKey> due = new ArrayList<>();
    try (KeyValueIterator<String, byte @Nullable []> alarms =
        store.range(ALARMS, alarm(now) + END)) {
      while (alarms.hasNext() && due.size() < limit) {
        due.add(WorkflowKey.parse(alarms.next().key.substring(alarm(now).length())));
      }
    }
    return due;
  }

  private static String alarm(Instant at) {
    return ALARMS + "%015d/".formatted(at.toEpochMilli());
  }

  private static String outputsOf(WorkflowKey key, String task) {
    return OUTPUTS + key + "/" + task;
  }
}
