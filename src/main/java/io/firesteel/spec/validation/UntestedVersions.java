package io.firesteel.spec.validation;

import io.firesteel.job.Warning;
import io.firesteel.spec.SparkLine;
import java.util.List;

/** Release lines of Spark whose jobs run, although nobody tests them. */
public final class UntestedVersions {

  private UntestedVersions() {}

  /** The warning about a line; none if it is supported. */
  public static List<Warning> warnings(SparkLine line) {
    return line.isSupported()
        ? List.of()
        : List.of(
            new Warning(
                Warning.SPARK_VERSION_UNTESTED,
                "/sparkVersion",
                "Spark %s is not tested; its driver is built by the rules of Spark %s. Use %s or later"
                    .formatted(line, SparkLine.OLDEST_SUPPORTED, SparkLine.OLDEST_SUPPORTED)));
  }
}
