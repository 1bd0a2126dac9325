package io.firesteel.admission;

import io.firesteel.admission.state.SortKey;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The first members of a stored set, in memory. Members that were removed from the front of a long
 * queue stay in RocksDB as tombstones that a search must read; with this cache, one search serves
 * many members. It is never stale, because every change of the set passes through it. One thread.
 */
final class SortedSetCache {

  /** Members that are read at a time. */
  static final int BATCH_SIZE = 256;

  private static final int MAX_SIZE = 4 * BATCH_SIZE;

  private final NavigableSet<String> members = new TreeSet<>(SortKey.ORDER);
  private boolean complete;
  private String lowerBound = "";

  /** How many members are cached. */
  int size() {
    return members.size();
  }

  /** Whether the first {@code count} members, or all, are cached. */
  boolean covers(int count) {
    return complete || members.size() >= count;
  }

  /** Where to read from if the cache does not suffice; no member precedes it. */
  String lowerBound() {
    return members.isEmpty() ? lowerBound : members.first();
  }

  /** Takes members that were read from {@link #lowerBound}; fewer than requested means all. */
  void load(List<String> read, int requested) {
    members.clear();
    members.addAll(read);
    complete = read.size() < requested;
    lowerBound = read.isEmpty() ? lowerBound : read.getFirst();
  }

  void add(String member) {
    if (complete || (!members.isEmpty() && SortKey.ORDER.compare(member, members.last()) < 0)) {
      members.add(member);
      if (members.size() > MAX_SIZE) {
        members.pollLast();
        complete = false;
      }
    }
    if (SortKey.ORDER.compare(member, lowerBound) < 0) {
      lowerBound = member;
    }
  }

  void remove(String member) {
    if (members.remove(member) && members.isEmpty()) {
      lowerBound = member;
    }
  }

  List<String> first(int limit) {
    return members.stream().limit(limit).toList();
  }
}
