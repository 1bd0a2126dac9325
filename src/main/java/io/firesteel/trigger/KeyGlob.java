package io.firesteel.trigger;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob: {@code *} matches any characters except a slash, {@code **} any characters, and {@code ?}
 * one character except a slash. It matches without backtracking; the time is bounded by the length
 * of the name times that of the glob.
 */
record KeyGlob(List<Integer> steps) {

  private static final int WITHIN = -1;
  private static final int ACROSS = -2;
  private static final int ONE = -3;

  KeyGlob {
    steps = List.copyOf(steps);
  }

  static KeyGlob of(String glob) {
    var steps = new ArrayList<Integer>();
    int[] all = glob.codePoints().toArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '*' && i + 1 < all.length && all[i + 1] == '*') {
        steps.add(ACROSS);
        i++;
      } else {
        steps.add(all[i] == '*' ? WITHIN : all[i] == '?' ? ONE : all[i]);
      }
    }
    return new KeyGlob(steps);
  }

  boolean matches(String name) {
    boolean[] reached = new boolean[steps.size() + 1];
    reached[0] = true;
    skipStars(reached);
    for (int character : name.codePoints().toArray()) {
      reached = after(reached, character);
    }
    return reached[steps.size()];
  }

  private boolean[] after(boolean[] before, int character) {
    boolean[] reached = new boolean[before.length];
    for (int i = 0; i < steps.size(); i++) {
      if (before[i]) {
        switch (steps.get(i)) {
          case ACROSS -> reached[i] = true;
          case WITHIN -> reached[i] |= character != '/';
          case ONE -> reached[i + 1] |= character != '/';
          default -> reached[i + 1] |= character == steps.get(i);
        }
      }
    }
    skipStars(reached);
    return reached;
  }

  /** {@code *} and {@code **} also match nothing. */
  private void skipStars(boolean[] reached) {
    for (int i = 0; i < steps.size(); i++) {
      reached[i + 1] |= reached[i] && (steps.get(i) == ACROSS || steps.get(i) == WITHIN);
    }
  }
}
