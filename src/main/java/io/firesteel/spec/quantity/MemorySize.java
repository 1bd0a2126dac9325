package io.firesteel.spec.quantity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Spark writes them: {@code 512m}, {@code 4g}. After Spark's {@code JavaUtils}. */
public final class MemorySize {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([a-z]+)?");
  private static final long MEBIBYTE = 1 << 20;

  private MemorySize() {}

  /** Whole mebibytes, rounded down; a bare number is mebibytes; -1 if it is no size. */
  public static long mebibytes(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return -1;
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null) {
      return number;
    }
    int shift =
        switch (unit) {
          case "b" -> 0;
          case "k", "kb" -> 10;
          case "m", "mb" -> 20;
          case "g", "gb" -> 30;
          case "t", "tb" -> 40;
          case "p", "pb" -> 50;
          default -> -1;
        };
    if (shift < 0 || number > Long.MAX_VALUE >> shift) {
      return -1;
    }
    return (number << shift) / MEBIBYTE;
  }
}
