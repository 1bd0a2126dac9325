package io.firesteel.admission;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.admission.state.Table;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * State in one ordered store of Kafka Streams. Records are JSON; a member of an ordered set is a
 * key with an empty value. Caches the records that were used last, and a {@link SortedSetCache} for
 * each set. A sentinel at the beginning of each set and of each prefix stops a search before it
 * reads the tombstones of the next. One thread.
 */
final class PersistentAdmissionStore implements AdmissionStore {

  private static final byte[] MEMBER = new byte[0];

  private static final int MAX_CACHED_RECORDS = 20_000;
  private static final int MAX_CACHED_SETS = 20_000;

  private final KeyValueStore<String, byte[]> store;
  private final SequencedMap<String, Object> records = new LinkedHashMap<>(16, 0.75f, true);
  private final SequencedMap<String, SortedSetCache> setCaches =
      new LinkedHashMap<>(16, 0.75f, true);

  PersistentAdmissionStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
    for (String prefix : KeyLayout.prefixes()) {
      writeSentinel(prefix);
    }
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    String full = table.prefix() + key;
    Object known = records.get(full);
    if (known != null) {
      return table.type().cast(known);
    }
    byte[] bytes = store.get(full);
    if (bytes == null) {
      return null;
    }
    T value = JsonCodec.read(bytes, table.type());
    cache(table, full, value);
    return value;
  }

  @Override
  public <T> List<T> records(Table<T> table, String prefix, String after, int limit) {
    String group = table.prefix() + prefix;
    List<T> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all =
        store.range(table.prefix() + (after.isEmpty() ? prefix : after), end(group))) {
      while (found.size() < limit && all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (entry.value.length > 0 && !entry.key.equals(table.prefix() + after)) {
          found.add(JsonCodec.read(entry.value, table.type()));
        }
      }
    }
    return found;
  }

  @Override
  public <T> void put(Table<T> table, String key, T value) {
    String full = table.prefix() + key;
    store.put(full, JsonCodec.write(value));
    cache(table, full, value);
  }

  @Override
  public void delete(Table<?> table, String key) {
    String full = table.prefix() + key;
    records.remove(full);
    store.delete(full);
  }

  @Override
  public void add(String group, String member) {
    store.put(group + member, MEMBER);
    cacheOf(group).add(member);
  }

  @Override
  public void remove(String group, String member) {
    store.delete(group + member);
    cacheOf(group).remove(member);
  }

  @Override
  public @Nullable String first(String group) {
    List<String> one = list(group, 1);
    return one.isEmpty() ? null : one.getFirst();
  }

  @Override
  public List<String> list(String group, int limit) {
    SortedSetCache sortedSetCache = cacheOf(group);
    if (!sortedSetCache.covers(limit)) {
      if (limit > SortedSetCache.BATCH_SIZE) {
        return read(group, sortedSetCache.lowerBound(), limit);
      }
      sortedSetCache.load(
          read(group, sortedSetCache.lowerBound(), SortedSetCache.BATCH_SIZE),
          SortedSetCache.BATCH_SIZE);
    }
    return sortedSetCache.first(limit);
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

  private SortedSetCache cacheOf(String group) {
    SortedSetCache known = setCaches.get(group);
    if (known != null) {
      return known;
    }
    SortedSetCache sortedSetCache = new SortedSetCache();
    setCaches.put(group, sortedSetCache);
    if (setCaches.size() > MAX_CACHED_SETS) {
      setCaches.pollFirstEntry();
    }
    writeSentinel(group);
    return sortedSetCache;
  }

  private void writeSentinel(String group) {
    if (KeyLayout.isLongLived(group) && store.get(group) == null) {
      store.put(group, MEMBER);
    }
  }

  /** Passes every record of a table to the reader. */
  <T> void forEach(Table<T> table, Consumer<T> reader) {
    try (KeyValueIterator<String, byte[]> found =
        store.range(table.prefix(), end(table.prefix()))) {
      while (found.hasNext()) {
        byte[] value = found.next().value;
        if (value.length > 0) {
          reader.accept(JsonCodec.read(value, table.type()));
        }
      }
    }
  }

  private void cache(Table<?> table, String key, Object value) {
    if (table != Table.REQUESTS) {
      records.put(key, value);
      if (records.size() > MAX_CACHED_RECORDS) {
        records.pollFirstEntry();
      }
    }
  }

  /** The first key after a group: the slash at its end becomes the character after it. */
  private static String end(String group) {
    return group.substring(0, group.length() - 1) + (char) ('/' + 1);
  }
}
