package io.firesteel.admission.state;

import org.jspecify.annotations.Nullable;

/**
 * A record to store.
 *
 * @param value null to delete the record
 */
public record RecordChange<T>(Table<T> table, String key, @Nullable T value) {

  /** The key in the store. */
  public String storeKey() {
    return table.prefix() + key;
  }
}
