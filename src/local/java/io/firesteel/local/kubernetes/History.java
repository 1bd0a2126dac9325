package io.firesteel.local.kubernetes;

import java.util.ArrayList;
import java.util.List;

/**
 * The last changes of one kind, in order, for watchers to read at their own pace. Bounded: when it
 * is full the oldest change is forgotten, and who still wanted it must list again. A slow watcher
 * therefore costs nobody anything. Thread-safe.
 */
final class History {
  private final Change[] ring;
  private long first;
  private long next;
  private long forgotten;

  /**
   * @param capacity how many changes are kept
   * @param start the revision before which nothing is known
   */
  History(int capacity, long start) {
    ring = new Change[capacity];
    forgotten = start;
  }

  /** What a reader finds after the place it has reached. */
  sealed interface Page {
    /** The next changes, oldest first; empty when there is nothing new. */
    record Changes(List<Change> changes) implements Page {}

    /** The place is older than what is kept. */
    record TooOld(long oldest) implements Page {}
  }

  synchronized void add(Change change) {
    if (next - first == ring.length) {
      forgotten = slot(first).revision();
      first++;
    }
    ring[(int) (next % ring.length)] = change;
    next++;
  }

  /** At most {@code limit} changes with a revision above the given one. */
  synchronized Page after(long revision, int limit) {
    if (revision < forgotten) {
      return new Page.TooOld(forgotten);
    }
    List<Change> page = new ArrayList<>();
    for (long i = firstAbove(revision); i < next && page.size() < limit; i++) {
      page.add(slot(i));
    }
    return new Page.Changes(page);
  }

  private long firstAbove(long revision) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (slot(middle).revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Change slot(long index) {
    return ring[(int) (index % ring.length)];
  }
}
