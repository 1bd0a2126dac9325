package io.firesteel.spec;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Spark release lines whose drivers Firesteel builds. */
public enum SparkLine {
  V3_5("3.5"),
  V4_0("4.0"),
  V4_1("4.1");

  private static final Pattern VERSION =
      Pattern.compile("\\d+\\.\\d+\\.\\d+([.-][A-Za-z0-9._-]*)?");

  private final String prefix;

  SparkLine(String prefix) {
    this.prefix = prefix;
  }

  /** The line of a full version such as {@code 4.1.1}; empty if it is not supported. */
  public static Optional<SparkLine> of(String version) {
    if (!VERSION.matcher(version).matches() || version.length() > 63) {
      return Optional.empty();
    }
    return Arrays.stream(values()).filter(l -> version.startsWith(l.prefix + ".")).findFirst();
  }

  /** Whether this line is that one or a later one. */
  public boolean atLeast(SparkLine other) {
    return compareTo(other) >= 0;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
