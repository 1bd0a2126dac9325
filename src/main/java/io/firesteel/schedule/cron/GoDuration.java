package io.firesteel.schedule.cron;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 1h30m} or {@code 1.5h}, in whole seconds. */
final class GoDuration {

  private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + "){1,8}");
  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "ms", new BigDecimal("0.001"),
          "s", BigDecimal.ONE,
          "m", new BigDecimal(60),
          "h", new BigDecimal(3600));

  private GoDuration() {}

  /** Reads a duration and drops fractions of a second; empty if the text is none. */
  static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds = BigDecimal.ZERO;
    for (MatchResult part : PART.matcher(text).results().toList()) {
      BigDecimal unit = SECONDS.getOrDefault(part.group(2), BigDecimal.ONE);
      seconds = seconds.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return Optional.of(Duration.ofSeconds(seconds.setScale(0, RoundingMode.DOWN).longValueExact()));
  }
}
