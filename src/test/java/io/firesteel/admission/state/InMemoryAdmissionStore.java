package io.firesteel.admission.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store on the heap, for tests and benchmarks. One thread. */
public final class InMemoryAdmissionStore implements AdmissionStore {

  private final NavigableMap<String, Object> records = new TreeMap<>();
  private final Map<String, TreeSet<String>> sets = new HashMap<>();

  @Override
  public <T> @Nullable T get(Table<T> table, String key) {
    return table.type().cast(records.get(table.prefix() + key));
  }

  @Override
  public void write(Collection<RecordChange<?>> changes) {
    for (RecordChange<?> change : changes) {
      if (change.value() == null) {
        records.remove(change.storeKey());
      } else {
        records.put(change.storeKey(), change.value());
      }
    }
  }

  @Override
  public <T> List<T> records(Table<T> table, String prefix, String after, int limit) {
    String group = table.prefix() + prefix;
    return records
        .tailMap(after.isEmpty() ? group : table.prefix() + after, after.isEmpty())
        .entrySet()
        .stream()
        .takeWhile(entry -> entry.getKey().startsWith(group))
        .limit(limit)
        .map(entry -> table.type().cast(entry.getValue()))
        .toList();
  }

  @Override
  public <T> void forEach(Table<T> table, String prefix, Consumer<T> reader) {
    String from = table.prefix() + prefix;
    records.tailMap(from).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(from))
        .forEach(entry -> reader.accept(table.type().cast(entry.getValue())));
  }

  @Override
  public void add(String group, String member) {
    sets.computeIfAbsent(group, _ -> new TreeSet<>()).add(member);
  }

  @Override
  public void remove(String group, String member) {
    TreeSet<String> set = sets.get(group);
    if (set != null && set.remove(member) && set.isEmpty()) {
      sets.remove(group);
    }
  }

  @Override
  public @Nullable String first(String group) {
    TreeSet<String> set = sets.get(group);
    return set == null ? null : set.first();
  }

  @Override
  public List<String> list(String group, int limit) {
    TreeSet<String> set = sets.get(group);
    return set == null ? List.of() : set.stream().limit(limit).toList();
  }

  /** How many records and set members there are. */
  public int size() {
    return records.size() + sets.values().stream().mapToInt(TreeSet::size).sum();
  }

  /** Everything in the store, for comparison. */
  public Map<String, Object> snapshot() {
    Map<String, Object> all = new TreeMap<>(records);
    sets.forEach((group, members) -> members.forEach(member -> all.put(group + member, "")));
    return all;
  }
}
