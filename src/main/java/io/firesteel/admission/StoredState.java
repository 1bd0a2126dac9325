package io.firesteel.admission;

import io.firesteel.kafka.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * State in one ordered store of Kafka Streams. Records are JSON; a member of an ordered set is a
 * key with an empty value. Keeps the records that it touched last and the {@link Front} of each
 * set; both are lost with the instance and cost only time. A mark at the beginning of each set and
 * of each kind of key stops a search before it walks into the graves of the next. One thread.
 */
final class StoredState implements State {

  private static final byte[] MEMBER = new byte[0];

  /** Where each kind of key begins; see docs/admission.md. */
  private static final List<String> KINDS =
      List.of("b/", "c/", "d/", "e/", "j/", "n/", "o/", "p/", "q/", "r/", "s/", "t/", "w/", "x/");

  private static final int KEPT_RECORDS = 20_000;
  private static final int KEPT_FRONTS = 20_000;

  private final KeyValueStore<String, byte[]> store;
  private final SequencedMap<String, Object> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final SequencedMap<String, Front> fronts = new LinkedHashMap<>(16, 0.75f, true);

  StoredState(KeyValueStore<String, byte[]> store) {
    this.store = store;
    for (String kind : KINDS) {
      mark(kind);
    }
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    String full = table.prefix() + key;
    Object known = kept.get(full);
    if (known != null) {
      return table.type().cast(known);
    }
    byte[] bytes = store.get(full);
    if (bytes == null) {
      return null;
    }
    T value = Json.read(bytes, table.type());
    keep(table, full, value);
    return value;
  }

  @Override
  public <T> void put(Table<T> table, String key, T value) {
    String full = table.prefix() + key;
    store.put(full, Json.write(value));
    keep(table, full, value);
  }

  @Override
  public void delete(Table<?> table, String key) {
    String full = table.prefix() + key;
    kept.remove(full);
    store.delete(full);
  }

  @Override
  public void add(String group, String member) {
    store.put(group + member, MEMBER);
    front(group).add(member);
  }

  @Override
  public void remove(String group, String member) {
    store.delete(group + member);
    front(group).remove(member);
  }

  @Override
  public @Nullable String first(String group) {
    List<String> one = list(group, 1);
    return one.isEmpty() ? null : one.getFirst();
  }

  @Override
  public List<String> list(String group, int limit) {
    Front front = front(group);
    if (!front.knows(limit)) {
      if (limit > Front.READ) {
        return read(group, front.from(), limit);
      }
      front.learn(read(group, front.from(), Front.READ), Front.READ);
    }
    return front.first(limit);
  }

  private List<String> read(String group, String from, int limit) {
    List<String> members = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = store.range(group + from, end(group))) {
      while (members.size() < limit && found.hasNext()) {
        String member = found.next().key.substring(group.length());
        if (!member.isEmpty()) {
          members.add(member);
        }
      }
    }
    return members;
  }

  private Front front(String group) {
    Front known = fronts.get(group);
    if (known != null) {
      return known;
    }
    Front front = new Front();
    fronts.put(group, front);
    if (fronts.size() > KEPT_FRONTS) {
      fronts.pollFirstEntry();
    }
    mark(group);
    return front;
  }

  private void mark(String group) {
    if (lasting(group) && store.get(group) == null) {
      store.put(group, MEMBER);
    }
  }

  /** Sets that belong to a tenant, a cohort or all; those of single jobs come and go. */
  private static boolean lasting(String group) {
    return !group.startsWith(Dependencies.SETS) || group.equals(Dependencies.SETS);
  }

  /** Shows every record of a table. */
  <T> void each(Table<T> table, Consumer<T> reader) {
    try (KeyValueIterator<String, byte[]> found =
        store.range(table.prefix(), end(table.prefix()))) {
      while (found.hasNext()) {
        byte[] value = found.next().value;
        if (value.length > 0) {
          reader.accept(Json.read(value, table.type()));
        }
      }
    }
  }

  private void keep(Table<?> table, String key, Object value) {
    if (table != Table.REQUESTS) {
      kept.put(key, value);
      if (kept.size() > KEPT_RECORDS) {
        kept.pollFirstEntry();
      }
    }
  }

  /** The first key behind a group: the slash at its end becomes the character after it. */
  private static String end(String group) {
    return group.substring(0, group.length() - 1) + (char) ('/' + 1);
  }
}
