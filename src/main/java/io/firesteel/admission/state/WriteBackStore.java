package io.firesteel.admission.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the changes of one decision back until {@link #flush}. Until then they are visible here
 * only, and a decision that fails leaves no trace. Reads each record once and writes it once. One
 * thread, one decision.
 */
public final class WriteBackStore implements AdmissionStore {

  /** A record as this decision sees it. */
  private record CachedRecord(RecordChange<?> record, boolean changed) {}

  private final AdmissionStore store;
  private final Map<String, CachedRecord> records = new HashMap<>();
  private final Map<String, ChangedSet> sets = new HashMap<>();

  public WriteBackStore(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    CachedRecord cached = records.get(table.prefix() + key);
    if (cached != null) {
      return table.type().cast(cached.record().value());
    }
    RecordChange<T> read = new RecordChange<>(table, key, store.get(table, key));
    records.put(read.storeKey(), new CachedRecord(read, false));
    return read.value();
  }

  /** Without the changes of this decision. */
  @Override
  public <T> List<T> records(Table<T> table, String prefix, String after, int limit) {
    return store.records(table, prefix, after, limit);
  }

  @Override
  public void write(Collection<RecordChange<?>> changes) {
    changes.forEach(change -> records.put(change.storeKey(), new CachedRecord(change, true)));
  }

  /** Passes the records as they are stored, without the changes of this decision. */
  @Override
  public <T> void forEach(Table<T> table, String prefix, Consumer<T> reader) {
    store.forEach(table, prefix, reader);
  }

  @Override
  public void add(String group, String member) {
    changed(group).add(member);
  }

  @Override
  public void remove(String group, String member) {
    changed(group).remove(member);
  }

  @Override
  public @Nullable String first(String group) {
    ChangedSet set = sets.get(group);
    return set == null ? store.first(group) : set.first();
  }

  @Override
  public List<String> list(String group, int limit) {
    ChangedSet set = sets.get(group);
    return set == null ? store.list(group, limit) : set.list(limit);
  }

  private ChangedSet changed(String group) {
    return sets.computeIfAbsent(group, _ -> new ChangedSet(store, group));
  }

  /** Writes the changes; nothing if a record cannot be encoded. */
  public void flush() {
    List<RecordChange<?>> changed = new ArrayList<>();
    for (CachedRecord cached : records.values()) {
      if (cached.changed()) {
        changed.add(cached.record());
      }
    }
    store.write(changed);
    sets.values().forEach(ChangedSet::flush);
    records.clear();
    sets.clear();
  }
}
