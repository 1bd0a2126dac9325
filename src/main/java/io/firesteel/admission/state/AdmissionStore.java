package io.firesteel.admission.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of admission: records by key, and ordered sets of texts. Every operation takes at most
 * O(log n). One thread.
 */
public interface AdmissionStore {

  /** The record with a key; null if there is none. */
  <T> @Nullable T get(Table<T> table, String key);

  /**
   * Up to {@code limit} records whose keys begin with a prefix, which ends in a slash, and follow
   * on {@code after}, in the order of their keys.
   */
  <T> List<T> records(Table<T> table, String prefix, String after, int limit);

  /** Stores a record, replacing an earlier one. */
  <T> void put(Table<T> table, String key, T value);

  /** Deletes a record if it exists. */
  void delete(Table<?> table, String key);

  /** Adds a member to an ordered set; {@code group} names the set and ends in a slash. */
  void add(String group, String member);

  /** Removes a member if the set contains it. */
  void remove(String group, String member);

  /** The first member; null if the set is empty. */
  @Nullable String first(String group);

  /** The first {@code limit} members, in order. */
  List<String> list(String group, int limit);
}
