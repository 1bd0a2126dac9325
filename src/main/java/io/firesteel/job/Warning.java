package io.firesteel.job;

/**
 * What the requester of an accepted job should know.
 *
 * @param code {@link #FIELD_IGNORED}, {@link #OUTPUT_IGNORED} or {@link #SPARK_VERSION_UNTESTED}
 * @param field a JSON pointer into the SparkApplication, or below {@code /outputs}
 * @param reason why it has no effect, or what to expect; a sentence without values of the request
 */
public record Warning(String code, String field, String reason) {

  /** A part of the request has no effect. */
  public static final String FIELD_IGNORED = "FieldIgnored";

  /** A part of what the driver wrote has no effect. */
  public static final String OUTPUT_IGNORED = "OutputIgnored";

  /** No test runs jobs of the release line. */
  public static final String SPARK_VERSION_UNTESTED = "SparkVersionUntested";

  public Warning {
    // Workers of an earlier release do not write it.
    code = code == null ? FIELD_IGNORED : code;
  }

  /** A part of the request that has no effect. */
  public static Warning ignored(String field, String reason) {
    return new Warning(FIELD_IGNORED, field, reason);
  }
}
