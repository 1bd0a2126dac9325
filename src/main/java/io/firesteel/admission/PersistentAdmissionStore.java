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
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * State in one ordered store of Kafka Streams. Records are JSON; a member of an ordered set is a
 * key with an empty value. Caches the records and the {@link SortedSetCache}s that were used last,
 * up to a size that does not depend on the number of jobs and tenants. A sentinel at the beginning
 * of each set and of each prefix stops a search before it reads the tombstones of the next. One
 * thread.
 */
final class PersistentAdmissionStore implements AdmissionStore {

  private static final byte[] MEMBER = new byte[0];

  /** Of all cached records, as JSON with an allowance for each. */
  static final int MAX_CACHED_BYTES = 4 << 20;

  /** Members of all cached sets; one takes some 150 bytes of heap. */
  static final int MAX_CACHED_MEMBERS = 32_768;

  private static final int RECORD_OVERHEAD = 150;

  /** What an empty set costs, in members. */
  private static final int SET_OVERHEAD = 2;

  private final KeyValueStore<String, byte[]> store;
  private final SequencedMap<String, CachedRecord> records = new LinkedHashMap<>(16, 0.75f, true);
  private final SequencedMap<String, SortedSetCache> setCaches =
      new LinkedHashMap<>(16, 0.75f, true);
  private int cachedBytes;
  private int cachedMembers;

  private record CachedRecord(Object value, int bytes) {}

  PersistentAdmissionStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
    for (String prefix : KeyLayout.prefixes()) {
      writeSentinel(prefix);
    }
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    String full = table.prefix() + key;
    CachedRecord known = records.get(full);
    if (known != null) {
      return table.type().cast(known.value());
    }
    byte[] bytes = store.get(full);
    if (bytes == null) {
      return null;
    }
    T value = JsonCodec.read(bytes, table.type());
    cache(table, full, value, bytes.length);
    return value;
  }

  @Override
  public <T> void put(Table<T> table, String key, T value) {
    String full = table.prefix() + key;
    byte[] bytes = JsonCodec.write(value);
    store.put(full, bytes);
    cache(table, full, value, bytes.length);
  }

  @Override
  public void delete(Table<?> table, String key) {
    String full = table.prefix() + key;
    forget(records.remove(full));
    store.delete(full);
  }

  @Override
  public void add(String group, String member) {
    store.put(group + member, MEMBER);
    SortedSetCache cached = cacheOf(group);
    int before = cached.size();
    cached.add(member);
    resized(cached, before);
  }

  @Override
  public void remove(String group, String member) {
    store.delete(group + member);
    SortedSetCache cached = cacheOf(group);
    int before = cached.size();
    cached.remove(member);
    resized(cached, before);
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
      int before = sortedSetCache.size();
      sortedSetCache.load(
          read(group, sortedSetCache.lowerBound(), SortedSetCache.BATCH_SIZE),
          SortedSetCache.BATCH_SIZE);
      resized(sortedSetCache, before);
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
    cachedMembers += SET_OVERHEAD;
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

  private void cache(Table<?> table, String key, Object value, int bytes) {
    if (table != Table.REQUESTS) {
      CachedRecord cached = new CachedRecord(value, bytes + RECORD_OVERHEAD);
      forget(records.put(key, cached));
      cachedBytes += cached.bytes();
      while (cachedBytes > MAX_CACHED_BYTES) {
        forget(records.pollFirstEntry().getValue());
      }
    }
  }

  private void forget(@Nullable CachedRecord removed) {
    cachedBytes -= removed == null ? 0 : removed.bytes();
  }

  /** Forgets the sets that were not used for longest; the changed one was used last. */
  private void resized(SortedSetCache changed, int before) {
    cachedMembers += changed.size() - before;
    while (cachedMembers > MAX_CACHED_MEMBERS) {
      cachedMembers -= setCaches.pollFirstEntry().getValue().size() + SET_OVERHEAD;
    }
  }

  /** What the cached records take, in bytes of JSON with an allowance for each record. */
  int cachedBytes() {
    return cachedBytes;
  }

  /** Members of the cached sets, with an allowance for each set. */
  int cachedMembers() {
    return cachedMembers;
  }

  /** The first key after a group: the slash at its end becomes the character after it. */
  private static String end(String group) {
    return group.substring(0, group.length() - 1) + (char) ('/' + 1);
  }
}
