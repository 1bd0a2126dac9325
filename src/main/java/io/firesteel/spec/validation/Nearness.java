package io.firesteel.spec.validation;

import java.util.Locale;

/** How near one name is to another, for "did you mean". */
final class Nearness {

  private static final int LONGEST = 100;

  private Nearness() {}

  /** Whether a name was probably meant to be the other. */
  static boolean near(String name, String other) {
    return distance(name, other) <= Math.max(2, other.length() / 3);
  }

  /** Letters to change, add or take away, case aside (Levenshtein). */
  static int distance(String name, String other) {
    if (name.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    String a = name.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
