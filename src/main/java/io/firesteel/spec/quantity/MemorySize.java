package io.firesteel.spec.quantity;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Spark writes them: {@code 512m}, {@code 4g}. After Spark's {@code JavaUtils}. */
public final class MemorySize {

  /** Bytes per MiB. */
  public static final long MEBIBYTE = 1 << 20;

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([a-z]+)?");

  private MemorySize() {}

  /** Whole MiB, rounded down; a number without a unit is MiB. Empty if it is not a valid size. */
  public static OptionalLong mebibytes(String text) {
    OptionalLong bytes = bytes(text, MEBIBYTE);
    return bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() / MEBIBYTE) : bytes;
  }

  /**
   * Bytes; empty if it is not a valid size.
   *
   * @param defaultUnit the bytes that a number without a unit counts
   */
  public static OptionalLong bytes(String text, long defaultUnit) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    long unit = matcher.group(2) == null ? defaultUnit : unit(matcher.group(2));
    return unit == 0 || number > Long.MAX_VALUE / unit
        ? OptionalLong.empty()
        : OptionalLong.of(number * unit);
  }

  private static long unit(String name) {
    return switch (name) {
      case "b" -> 1;
      case "k", "kb" -> 1L << 10;
      case "m", "mb" -> MEBIBYTE;
      case "g", "gb" -> 1L << 30;
      case "t", "tb" -> 1L << 40;
      case "p", "pb" -> 1L << 50;
      default -> 0;
    };
  }
}
