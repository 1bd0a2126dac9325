package io.firesteel.spec;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Spark release lines whose drivers Firesteel builds. */
public enum SparkLine {
  V3_0("3.0", false),
  V3_1("3.1", false),
  V3_2("3.2", false),
  V3_3("3.3", false),
  V3_4("3.4", true),
  V3_5("3.5", true),
  V4_0("4.0", true),
  V4_1("4.1", true);

  /** The line by whose rules drivers of earlier lines are built, as far as these allow. */
  public static final SparkLine OLDEST_SUPPORTED = V3_4;

  private static final Pattern VERSION =
      Pattern.compile("\\d+\\.\\d+\\.\\d+([.-][A-Za-z0-9._-]*)?");

  private final String prefix;
  private final boolean supported;

  SparkLine(String prefix, boolean supported) {
    this.prefix = prefix;
    this.supported = supported;
  }

  /**
   * The line of a full version such as {@code 4.1.1}; empty if Firesteel builds no driver of it.
   */
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

  /** Whether jobs of this line run without a warning. */
  public boolean isSupported() {
    return supported;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
