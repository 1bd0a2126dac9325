package io.firesteel.admission.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;

/** The order of keys, and numbers as text of fixed length that sorts as the numbers do. */
public final class SortKey {

  /** The order of stored keys, which is that of UTF-8. */
  public static final Comparator<String> ORDER = SortKey::compare;

  private static final HexFormat HEX = HexFormat.of();

  private static final int TIME_LENGTH = 16;

  private SortKey() {}

  /** Ascending; any long. */
  public static String ofNumber(long value) {
    return HEX.toHexDigits(value ^ Long.MIN_VALUE);
  }

  /** Ascending; milliseconds, rounded up so that no timer fires early. */
  public static String ofTime(Instant at) {
    return ofNumber(millis(at));
  }

  /** Ascending; milliseconds, rounded down: the last {@link #ofTime} that is due. */
  public static String ofTimeFloor(Instant now) {
    return ofNumber(now.toEpochMilli());
  }

  /** Whether a text that begins with an {@link #ofTime} is due at a {@link #ofTimeFloor}. */
  public static boolean isDue(String text, String now) {
    return text.substring(0, TIME_LENGTH).compareTo(now) <= 0;
  }

  /** Highest first; any int. */
  public static String ofPriority(int value) {
    return HEX.toHexDigits(~(value ^ Integer.MIN_VALUE));
  }

  private static long millis(Instant at) {
    try {
      long millis = at.toEpochMilli();
      return at.getNano() % 1_000_000 == 0 ? millis : millis + 1;
    } catch (ArithmeticException _) {
      return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
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
