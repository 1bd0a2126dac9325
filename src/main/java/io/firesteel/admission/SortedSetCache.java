package io.firesteel.admission;

import java.util.Comparator;
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

  /** The order of the store, which is that of UTF-8. */
  private static final Comparator<String> ORDER = SortedSetCache::compare;

  private final NavigableSet<String> members = new TreeSet<>(ORDER);
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
    if (complete || (!members.isEmpty() && compare(member, members.last()) < 0)) {
      members.add(member);
      if (members.size() > MAX_SIZE) {
        members.pollLast();
        complete = false;
      }
    }
    if (compare(member, lowerBound) < 0) {
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

  /** By code point: Java sorts surrogates before U+E000, but they belong after U+FFFF. */
  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return rank(a.charAt(i)) - rank(b.charAt(i));
      }
    }
    return a.length() - b.length();
  }

  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }
}
