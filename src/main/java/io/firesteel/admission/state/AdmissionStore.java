package io.firesteel.admission.state;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of admission: records by key, and ordered sets of texts. Every operation takes at most
 * O(log n). One thread.
 */
public interface AdmissionStore {

  /** The record with a key; null if there is none. */
  <T> @Nullable T get(Table<T> table, String key);

  /** Stores and deletes records; none of them if one cannot be encoded. */
  void write(Collection<RecordChange<?>> changes);

  /**
   * Up to {@code limit} records whose keys begin with a prefix, which ends in a slash, and follow
   * on {@code after}, in the order of their keys.
   */
  <T> List<T> records(Table<T> table, String prefix, String after, int limit);

  /** Stores a record, replacing an earlier one. */
  default <T> void put(Table<T> table, String key, T value) {
    write(List.of(new RecordChange<>(table, key, value)));
  }

  /** Deletes a record if it exists. */
  default void delete(Table<?> table, String key) {
    write(List.of(new RecordChange<>(table, key, null)));
  }

  /**
   * Passes the records whose keys begin with {@code prefix} to the reader, except those that cannot
   * be read. Takes O(n).
   */
  <T> void forEach(Table<T> table, String prefix, Consumer<T> reader);

  /** Adds a member to an ordered set; {@code group} names the set and ends in a slash. */
  void add(String group, String member);

  /** Removes a member if the set contains it. */
  void remove(String group, String member);

  /** The first member; null if the set is empty. */
  @Nullable String first(String group);

  /** The first {@code limit} members, in {@link SortKey#ORDER}. */
  List<String> list(String group, int limit);
}
