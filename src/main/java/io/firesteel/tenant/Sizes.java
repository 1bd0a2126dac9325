package io.firesteel.tenant;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of memory and CPU, as Spark and Kubernetes write them. */
final class Sizes {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([A-Za-z]*)");
  private static final Map<String, Long> JVM =
      Map.of("b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40, "p", 1L << 50);
  private static final Map<String, Long> KUBERNETES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("k", 1_000L),
          Map.entry("M", 1_000_000L),
          Map.entry("G", 1_000_000_000L),
          Map.entry("T", 1_000_000_000_000L),
          Map.entry("P", 1_000_000_000_000_000L),
          Map.entry("Ki", 1L << 10),
          Map.entry("Mi", 1L << 20),
          Map.entry("Gi", 1L << 30),
          Map.entry("Ti", 1L << 40),
          Map.entry("Pi", 1L << 50));

  private Sizes() {}

  /** Spark's {@code 4g}, {@code 4gb} and {@code 512m}, Kubernetes' {@code 4Gi}; no bare number. */
  static Optional<Long> bytes(String text) {
    var match = SIZE.matcher(text.strip());
    if (!match.matches() || match.group(2).isEmpty()) {
      return Optional.empty();
    }
    return multiply(match.group(1), unit(match.group(2)));
  }

  /** As {@link #bytes}, with a bare number counting MiB, as for {@code spark.executor.memory}. */
  static Optional<Long> mebibytesOrBytes(String text) {
    var match = SIZE.matcher(text.strip());
    return match.matches() && match.group(2).isEmpty()
        ? multiply(match.group(1), 1L << 20)
        : bytes(text);
  }

  /** Kubernetes' quantities of memory. */
  static Optional<Long> quantity(String text) {
    var match = SIZE.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    return multiply(match.group(1), KUBERNETES.get(match.group(2)));
  }

  /** Kubernetes' quantities of CPU: {@code 2}, {@code 0.5}, {@code 500m}. */
  static Optional<Double> cores(String text) {
    var match = SIZE.matcher(text.strip());
    if (!match.matches() || !(match.group(2).isEmpty() || match.group(2).equals("m"))) {
      return Optional.empty();
    }
    double number = Double.parseDouble(match.group(1));
    return Optional.of(match.group(2).isEmpty() ? number : number / 1000);
  }

  private static @Nullable Long unit(String word) {
    if (word.length() == 2 && word.endsWith("i")) {
      return KUBERNETES.get(word.substring(0, 1).toUpperCase(Locale.ROOT) + "i");
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String letter = lower.length() == 2 && lower.endsWith("b") ? lower.substring(0, 1) : lower;
    return JVM.get(letter);
  }

  private static Optional<Long> multiply(String number, @Nullable Long unit) {
    if (unit == null) {
      return Optional.empty();
    }
    BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    return Optional.of(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }
}
