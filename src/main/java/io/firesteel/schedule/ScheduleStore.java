package io.firesteel.schedule;

import io.firesteel.json.JsonCodec;
import io.firesteel.schedule.core.ScheduleDecision;
import io.firesteel.schedule.core.ScheduleKey;
import io.firesteel.schedule.core.ScheduleState;
import io.firesteel.schedule.core.StoredRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The schedules of a partition, with an index of their alarms. One thread. */
final class ScheduleStore {

  private static final String STATES = "h/";
  private static final String REQUESTS = "b/";
  private static final String ALARMS = "v/";

  /** Follows every character of a key. */
  private static final String END = "\uffff";

  private static final byte[] EMPTY = {};

  private final KeyValueStore<String, byte @Nullable []> store;

  ScheduleStore(KeyValueStore<String, byte @Nullable []> store) {
    this.store = store;
  }

  /** A schedule; null if it is unknown. */
  @Nullable ScheduleState state(ScheduleKey key) {
    byte[] bytes = store.get(STATES + key);
    return bytes == null ? null : JsonCodec.read(bytes, ScheduleState.class);
  }

  /** The request of a schedule's jobs; null if the schedule is unknown. */
  @Nullable StoredRequest request(ScheduleKey key) {
    byte[] bytes = store.get(REQUESTS + key);
    return bytes == null ? null : JsonCodec.read(bytes, StoredRequest.class);
  }

  /** Stores a decision; {@code before} is the state that it began with. */
  void apply(ScheduleKey key, @Nullable ScheduleState before, ScheduleDecision decision) {
    ScheduleState after = decision.state();
    Instant alarmBefore = before == null ? null : before.alarm();
    Instant alarm = after == null ? null : after.alarm();
    if (!Objects.equals(alarmBefore, alarm)) {
      if (alarmBefore != null) {
        store.delete(alarm(alarmBefore) + key);
      }
      if (alarm != null) {
        store.put(alarm(alarm) + key, EMPTY);
      }
    }
    if (after == null) {
      store.delete(STATES + key);
      store.delete(REQUESTS + key);
      return;
    }
    store.put(STATES + key, JsonCodec.write(after));
    boolean sameRequest = before != null && before.requestDigest().equals(after.requestDigest());
    if (decision.request() != null && !sameRequest) {
      store.put(REQUESTS + key, JsonCodec.write(decision.request()));
    }
  }

  /** The schedules whose alarm is due, earliest first. */
  List<ScheduleKey> due(Instant now, int limit) {
    List<ScheduleKey> due = new ArrayList<>();
    try (KeyValueIterator<String, byte @Nullable []> alarms =
        store.range(ALARMS, alarm(now) + END)) {
      while (alarms.hasNext() && due.size() < limit) {
        String key = alarms.next().key;
        due.add(ScheduleKey.parse(key.substring(alarm(now).length())));
      }
    }
    return due;
  }

  /** The schedules of a tenant. */
  List<ScheduleState> ofTenant(String tenant) {
    List<ScheduleState> states = new ArrayList<>();
    String prefix = STATES + tenant + "/";
    try (KeyValueIterator<String, byte @Nullable []> found = store.range(prefix, prefix + END)) {
      while (found.hasNext()) {
        KeyValue<String, byte @Nullable []> entry = found.next();
        if (entry.value != null) {
          states.add(JsonCodec.read(entry.value, ScheduleState.class));
        }
      }
    }
    return states;
  }

  private static String alarm(Instant at) {
    return ALARMS + "%015d/".formatted(at.toEpochMilli());
  }
}
