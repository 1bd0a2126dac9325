package io.firesteel.admission.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stored set with changes that are not written yet. It reads the stored members in growing
 * batches, so that a decision that takes many members one by one reads each a few times at most.
 */
final class ChangedSet {

  /** Searching so few changes is cheaper than to sort them. */
  private static final int FEW = 8;

  private final AdmissionStore store;
  private final String group;

  /** The changed members, and whether the set will contain them. */
  private final Map<String, Boolean> changes = new HashMap<>();

  /** All members up to {@link #readUpTo}, changes included. */
  private final NavigableSet<String> members = new TreeSet<>(SortKey.ORDER);

  private @Nullable String readUpTo;
  private boolean complete;

  ChangedSet(AdmissionStore store, String group) {
    this.store = store;
    this.group = group;
  }

  void add(String member) {
    changes.put(member, true);
    if (isRead(member)) {
      members.add(member);
    }
  }

  void remove(String member) {
    changes.put(member, false);
    members.remove(member);
  }

  @Nullable String first() {
    String stored = readUpTo == null && !complete ? store.first(group) : null;
    if (stored != null && changes.size() <= FEW && !changes.containsKey(stored)) {
      return firstOf(stored);
    }
    read(1);
    return members.isEmpty() ? null : members.first();
  }

  /** The first of a stored member and of the added ones. */
  private String firstOf(String stored) {
    String first = stored;
    for (Map.Entry<String, Boolean> change : changes.entrySet()) {
      if (change.getValue() && SortKey.ORDER.compare(change.getKey(), first) < 0) {
        first = change.getKey();
      }
    }
    return first;
  }

  List<String> list(int limit) {
    read(limit);
    return members.stream().limit(limit).toList();
  }

  void flush() {
    changes.forEach((member, contained) -> {
      if (contained) {
        store.add(group, member);
      } else {
        store.remove(group, member);
      }
    });
  }

  /** Reads until the first {@code count} members, or all, are known. */
  private void read(int count) {
    if (complete || members.size() >= count) {
      return;
    }
    int batch = (int) Math.min(Integer.MAX_VALUE, count + 2L * changes.size());
    List<String> stored = store.list(group, batch);
    complete = stored.size() < batch;
    readUpTo = stored.isEmpty() ? null : stored.getLast();
    members.clear();
    members.addAll(stored);
    changes.forEach((member, contained) -> {
      if (!contained) {
        members.remove(member);
      } else if (isRead(member)) {
        members.add(member);
      }
    });
  }

  private boolean isRead(String member) {
    return complete || (readUpTo != null && SortKey.ORDER.compare(member, readUpTo) <= 0);
  }
}
