package io.firesteel.admission.state;

import java.time.Instant;
import java.util.HexFormat;

/** Numbers as texts of fixed length that sort as the numbers do. */
public final class SortKey {

  private static final HexFormat HEX = HexFormat.of();

  private SortKey() {}

  /** Ascending; any long. */
  public static String ofNumber(long value) {
    return HEX.toHexDigits(value ^ Long.MIN_VALUE);
  }

  /** Ascending; to the millisecond, rounded up so that nothing is early. */
  public static String ofTime(Instant at) {
    return ofNumber(millis(at));
  }

  /** The last {@link #ofTime} that is not after a moment. */
  public static String ofTimeFloor(Instant now) {
    return ofNumber(now.toEpochMilli());
  }

  /** Highest first; any int. */
  public static String ofPriority(int value) {
    return HEX.toHexDigits(~(value ^ Integer.MIN_VALUE));
  }

  /** A text of any kind so that it ends where it ends, whatever it contains. */
  public static String lengthPrefixed(String text) {
    return text.length() + ":" + text;
  }

  private static long millis(Instant at) {
    try {
      long millis = at.toEpochMilli();
      return at.getNano() % 1_000_000 == 0 ? millis : millis + 1;
    } catch (ArithmeticException _) {
      return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
