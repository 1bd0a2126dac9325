package io.firesteel.admission;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The first members of a stored set, in memory: those that a decision looks at. A long queue is
 * taken from its front, and what was taken stays in RocksDB as graves that a search must walk over;
 * with this, a search happens once for many members. Not a copy that may be stale: every change of
 * the set passes through it. One thread.
 */
final class SortedSetCache {

  /** So many are read at a time. */
  static final int BATCH_SIZE = 256;

  private static final int MAX_SIZE = 4 * BATCH_SIZE;

  /** The order of the store, which is that of UTF-8. */
  private static final Comparator<String> ORDER = SortedSetCache::compare;

  private final NavigableSet<String> members = new TreeSet<>(ORDER);
  private boolean complete;
  private String lowerBound = "";

  /** Whether the first so many members, or all, are here. */
  boolean covers(int count) {
    return complete || members.size() >= count;
  }

  /** Where to read from when not enough is known: nothing before it exists. */
  String lowerBound() {
    return members.isEmpty() ? lowerBound : members.first();
  }

  /** What was read from there on; fewer than asked for means all. */
  void load(List<String> read, int asked) {
    members.clear();
    members.addAll(read);
    complete = read.size() < asked;
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

  /** By code point: surrogates, which Java sorts before U+E000, belong behind U+FFFF. */
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
