package io.firesteel.admission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state as one decision sees it: a record is read once and written once, however often the
 * decision touches it. Ordered sets go straight through. One thread, one decision.
 */
final class Draft implements State {

  private record Kept(Table<?> table, String key, @Nullable Object value, boolean changed) {}

  private final State state;
  private final Map<String, Kept> kept = new HashMap<>();

  Draft(State state) {
    this.state = state;
  }

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    Kept known = kept.get(table.prefix() + key);
    if (known != null) {
      return table.type().cast(known.value());
    }
    T value = state.get(table, key);
    kept.put(table.prefix() + key, new Kept(table, key, value, false));
    return value;
  }

  @Override
  public <T> void put(Table<T> table, String key, T value) {
    kept.put(table.prefix() + key, new Kept(table, key, value, true));
  }

  @Override
  public void delete(Table<?> table, String key) {
    kept.put(table.prefix() + key, new Kept(table, key, null, true));
  }

  @Override
  public void add(String group, String member) {
    state.add(group, member);
  }

  @Override
  public void remove(String group, String member) {
    state.remove(group, member);
  }

  @Override
  public @Nullable String first(String group) {
    return state.first(group);
  }

  @Override
  public List<String> list(String group, int limit) {
    return state.list(group, limit);
  }

  /** Writes what changed. */
  void flush() {
    for (Kept record : kept.values()) {
      if (record.changed()) {
        write(record.table(), record);
      }
    }
    kept.clear();
  }

  private <T> void write(Table<T> table, Kept record) {
    if (record.value() == null) {
      state.delete(table, record.key());
    } else {
      state.put(table, record.key(), table.type().cast(record.value()));
    }
  }
}
