package io.firesteel.admission;

import java.time.Instant;
import java.util.HexFormat;

/** Numbers as texts of fixed length that sort as the numbers do. */
final class Order {

  private static final HexFormat HEX = HexFormat.of();

  private Order() {}

  /** Ascending; any long. */
  static String number(long value) {
    return HEX.toHexDigits(value ^ Long.MIN_VALUE);
  }

  /** Ascending; to the millisecond, rounded up so that nothing is early. */
  static String time(Instant at) {
    return number(millis(at));
  }

  /** The last {@link #time} that is not after a moment. */
  static String floor(Instant now) {
    return number(now.toEpochMilli());
  }

  /** Highest first; any int. */
  static String descending(int value) {
    return HEX.toHexDigits(~(value ^ Integer.MIN_VALUE));
  }

  /** A text of any kind so that it ends where it ends, whatever it contains. */
  static String name(String text) {
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
