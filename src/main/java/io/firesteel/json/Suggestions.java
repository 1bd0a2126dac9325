package io.firesteel.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that a writer probably meant, by the Levenshtein distance without regard to case.
 */
public final class Suggestions {

  private static final int MAX_WORD_LENGTH = 64;

  private Suggestions() {}

  /** The closest known word of which at most a third of the letters differ. */
  public static Optional<String> closestTo(String word, Collection<String> known) {
    if (word.length() > MAX_WORD_LENGTH) {
      return Optional.empty();
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= tolerance(k))
        .min(
            Comparator.<String>comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A question for the word that was probably meant; otherwise the known words after a text. */
  public static String hint(String word, Collection<String> known, String knownAre) {
    return closestTo(word, known)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> knownAre + " " + String.join(", ", known));
  }

  /** At least two letters, for a swap of neighbours differs in two; one in words below four. */
  private static int tolerance(String word) {
    return word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
