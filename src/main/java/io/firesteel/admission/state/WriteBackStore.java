package io.firesteel.admission.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches the records of one decision, so that each is read once and written once. Ordered sets are
 * not cached. One thread, one decision.
 */
public final class WriteBackStore implements AdmissionStore {

  private record CachedRecord(
      Table<?> table, String key, @Nullable Object value, boolean changed) {}

  private final AdmissionStore store;
  private final Map<String, CachedRecord> cache = new HashMap<>();

  public WriteBackStore(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    CachedRecord cached = cache.get(table.prefix() + key);
    if (cached != null) {
      return table.type().cast(cached.value());
    }
    T value = store.get(table, key);
    cache.put(table.prefix() + key, new CachedRecord(table, key, value, false));
    return value;
  }

  /** Without the changes of this decision. */
  @Override
  public <T> List<T> records(Table<T> table, String prefix, String after, int limit) {
    return store.records(table, prefix, after, limit);
  }

  @Override
  public <T> void put(Table<T> table, String key, T value) {
    cache.put(table.prefix() + key, new CachedRecord(table, key, value, true));
  }

  @Override
  public void delete(Table<?> table, String key) {
    cache.put(table.prefix() + key, new CachedRecord(table, key, null, true));
  }

  @Override
  public void add(String group, String member) {
    store.add(group, member);
  }

  @Override
  public void remove(String group, String member) {
    store.remove(group, member);
  }

  @Override
  public @Nullable String first(String group) {
    return store.first(group);
  }

  @Override
  public List<String> list(String group, int limit) {
    return store.list(group, limit);
  }

  /** Writes the records that changed. */
  public void flush() {
    for (CachedRecord record : cache.values()) {
      if (record.changed()) {
        write(record.table(), record);
      }
    }
    cache.clear();
  }

  private <T> void write(Table<T> table, CachedRecord record) {
    if (record.value() == null) {
      store.delete(table, record.key());
    } else {
      store.put(table, record.key(), table.type().cast(record.value()));
    }
  }
}
