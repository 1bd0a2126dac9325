package io.firesteel.admission;

import io.firesteel.admission.core.DecisionException;
import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.admission.state.RecordChange;
import io.firesteel.admission.state.Table;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State in one ordered store of Kafka Streams. Records are JSON; a member of an ordered set is a
 * key with an empty value. Caches the records and the {@link SortedSetCache}s that were used last,
 * up to a size that does not depend on the number of jobs and tenants. A sentinel at the beginning
 * of each set and of each prefix stops a search before it reads the tombstones of the next. One
 * thread.
 */
final class PersistentAdmissionStore implements AdmissionStore {

  private static final Logger LOG = LoggerFactory.getLogger(PersistentAdmissionStore.class);
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
    T value = read(table, full, bytes);
    if (value != null) {
      cache(table, full, value, bytes.length);
    }
    return value;
  }

  /**
   * A job's record that cannot be read is an error of that job. Any other counts as missing,
   * because a decision about one job cannot do without the others.
   */
  private static <T> @Nullable T read(Table<T> table, String key, byte[] bytes) {
    return table.isAboutOneJob()
        ? JsonCodec.read(bytes, table.type())
        : readOrSkip(table, key, bytes);
  }

  private static <T> @Nullable T readOrSkip(Table<T> table, String key, byte[] bytes) {
    try {
      return JsonCodec.read(bytes, table.type());
    } catch (UncheckedIOException | StackOverflowError _) {
      LOG.atError()
          .addKeyValue("key", key)
          .log("A record of the state cannot be read and counts as missing");
      return null;
    }
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
          T value = readOrSkip(table, entry.key, entry.value);
          if (value != null) {
            found.add(value);
          }
        }
      }
    }
    return found;
  }

  @Override
  public void write(Collection<RecordChange<?>> changes) {
    List<byte @Nullable []> encoded = new ArrayList<>(changes.size());
    for (RecordChange<?> change : changes) {
      encoded.add(change.value() == null ? null : encode(change, change.value()));
    }
    Iterator<byte @Nullable []> bytes = encoded.iterator();
    changes.forEach(change -> write(change, bytes.next()));
  }

  private static byte[] encode(RecordChange<?> change, Object value) {
    try {
      return OutputRecords.checkSize(change.storeKey(), JsonCodec.write(value), 0);
    } catch (RuntimeException | StackOverflowError e) {
      throw new DecisionException(
          change.table().isAboutOneJob() ? JobKey.parse(change.key()) : null, e);
    }
  }

  private void write(RecordChange<?> change, byte @Nullable [] bytes) {
    if (bytes == null) {
      forget(records.remove(change.storeKey()));
      store.delete(change.storeKey());
    } else {
      store.put(change.storeKey(), bytes);
      cache(
          change.table(), change.storeKey(), Objects.requireNonNull(change.value()), bytes.length);
    }
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

  @Override
  public <T> void forEach(Table<T> table, String prefix, Consumer<T> reader) {
    String from = table.prefix() + prefix;
    try (KeyValueIterator<String, byte[]> found = store.range(from, end(from))) {
      while (found.hasNext()) {
        KeyValue<String, byte[]> record = found.next();
        T value = record.value.length == 0 ? null : readOrSkip(table, record.key, record.value);
        if (value != null) {
          reader.accept(value);
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
