package io.firesteel.trigger;

import java.util.ArrayList;
import java.util.List;

/**
 * Names with {@code *} for any characters within one part of a path, {@code **} for any at all and
 * {@code ?} for one. Names come from outside, so all ways to match go forward at once and none is
 * tried again: the time needed grows with the length of the name times that of the glob.
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
    skipMany(reached);
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
    skipMany(reached);
    return reached;
  }

  /** What stands for many characters stands for none too. */
  private void skipMany(boolean[] reached) {
    for (int i = 0; i < steps.size(); i++) {
      reached[i + 1] |= reached[i] && (steps.get(i) == ACROSS || steps.get(i) == WITHIN);
    }
  }
}
