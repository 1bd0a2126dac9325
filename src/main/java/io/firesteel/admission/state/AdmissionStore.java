package io.firesteel.admission.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where admission keeps what it knows: records by key, and sets of texts in their order. Every
 * operation costs O(log n) at most. One thread.
 */
public interface AdmissionStore {

  /** The record under a key. */
  <T> @Nullable T get(Table<T> table, String key);

  /** Puts a record in the place of what was there. */
  <T> void put(Table<T> table, String key, T value);

  /** Removes a record if it is there. */
  void delete(Table<?> table, String key);

  /** Adds a member to an ordered set; {@code group} names the set and ends in a slash. */
  void add(String group, String member);

  /** Removes a member if it is there. */
  void remove(String group, String member);

  /** The first member. */
  @Nullable String first(String group);

  /** Up to {@code limit} members in their order. */
  List<String> list(String group, int limit);
}
