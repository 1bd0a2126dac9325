package io.firesteel.local.kubernetes.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The last changes of one kind, in order. When it is full, it drops the oldest change, and a
 * watcher that still needs it must list again: a slow watcher costs nothing. Thread-safe.
 */
public final class WatchCache {
  private final Change[] buffer;
  private long first;
  private long next;
  private long expiredUpTo;

  /**
   * @param capacity the number of changes to keep
   * @param start the revision from which changes are known
   */
  WatchCache(int capacity, long start) {
    buffer = new Change[capacity];
    expiredUpTo = start;
  }

  /** The changes after a revision. */
  public sealed interface Page {
    /** The next changes, oldest first; empty when there is nothing new. */
    record Changes(List<Change> changes) implements Page {}

    /** The revision is older than the oldest change. */
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
