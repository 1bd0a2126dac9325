package io.firesteel.local.kubernetes.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The last changes of one kind, in order, for watchers to read at their own pace. Bounded: when it
 * is full the oldest change is forgotten, and who still wanted it must list again. A slow watcher
 * therefore costs nobody anything. Thread-safe.
 */
public final class WatchCache {
  private final Change[] buffer;
  private long first;
  private long next;
  private long expiredUpTo;

  /**
   * @param capacity how many changes are kept
   * @param start the revision before which nothing is known
   */
  WatchCache(int capacity, long start) {
    buffer = new Change[capacity];
    expiredUpTo = start;
  }

  /** What a reader finds after the place it has reached. */
  public sealed interface Page {
    /** The next changes, oldest first; empty when there is nothing new. */
    record Changes(List<Change> changes) implements Page {}

    /** The place is older than what is kept. */
    record Expired(long oldest) implements Page {}
  }

  synchronized void add(Change change) {
    if (next - first == buffer.length) {
      expiredUpTo = eventAt(first).revision();
      first++;
    }
    buffer[(int) (next % buffer.length)] = change;
    next++;
  }

  /** At most {@code limit} changes with a revision above the given one. */
  public synchronized Page after(long revision, int limit) {
    if (revision < expiredUpTo) {
      return new Page.Expired(expiredUpTo);
    }
    List<Change> page = new ArrayList<>();
    for (long i = firstAbove(revision); i < next && page.size() < limit; i++) {
      page.add(eventAt(i));
    }
    return new Page.Changes(page);
  }

  private long firstAbove(long revision) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (eventAt(middle).revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Change eventAt(long index) {
    return buffer[(int) (index % buffer.length)];
  }
}
