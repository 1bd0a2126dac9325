package io.firesteel.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers problems while a spec is read or a driver is built, so that all are told at once. One
 * thread; stops taking more at {@link #MOST}, for a hostile spec must not make a huge answer.
 */
public final class Problems {

  /** More than this many nobody reads. */
  public static final int MOST = 50;

  private static final int LONGEST = 500;

  private final List<Problem> found = new ArrayList<>();

  /** Notes a problem, once. */
  public void add(String path, String what, String mend) {
    var problem = new Problem(cut(path), cut(what), cut(mend));
    if (found.size() < MOST && !found.contains(problem)) {
      found.add(problem);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return found.isEmpty();
  }

  /** What was found, in the order it was found. */
  public List<Problem> found() {
    return List.copyOf(found);
  }
}
