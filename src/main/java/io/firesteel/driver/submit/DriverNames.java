package io.firesteel.driver.submit;

import io.firesteel.driver.Creation;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Sha256;
import java.util.Locale;

/**
 * The names of an attempt's objects. They are derived from tenant, job id, generation and attempt
 * alone, so that a second build names the same objects. They are valid for any id: a readable part
 * of the id and a hash of the generation.
 */
public final class DriverNames {

  private static final int MAX_SLUG_LENGTH = 24;
  private static final int HASH_DIGITS = 10;

  private final String jobHash;
  private final String prefix;

  private DriverNames(String job, String prefix) {
    this.jobHash = job;
    this.prefix = prefix;
  }

  /** The names of an attempt. */
  public static DriverNames of(Attempt attempt) {
    String request = hash(attempt.job() + "/" + attempt.generation());
    String prefix = slug(attempt.job().id()) + "-" + request + "-" + attempt.number();
    return new DriverNames(jobHash(attempt.job()), prefix);
  }

  /** The short name of a job in all its generations, a valid label: ten hexadecimal digits. */
  public static String jobHash(JobKey key) {
    return hash(key.toString());
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, HASH_DIGITS);
  }

  /** {@link #jobHash} of this attempt's job. */
  public String jobLabel() {
    return jobHash;
  }

  /** The prefix of all names, those of executors included. At most 46 characters. */
  public String prefix() {
    return prefix;
  }

  /** The driver's pod. */
  public String pod() {
    return prefix + "-driver";
  }

  /** The prefix of the ConfigMap with Spark's properties, see {@link Creation}. */
  public String configMap() {
    return prefix + "-driver-conf-map";
  }

  /** The ConfigMap that configures the metrics. */
  public String metricsMap() {
    return prefix + "-prom-conf";
  }

  /** Spark's {@code spark.app.id}, which is also the label {@code spark-app-selector}. */
  public String applicationId() {
    return "spark-" + prefix;
  }

  /** Lower case letters, digits and single dashes; begins with a letter, ends with no dash. */
  static String slug(String id) {
    var slug = new StringBuilder(MAX_SLUG_LENGTH);
    for (char c : id.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (slug.isEmpty() && c >= '0' && c <= '9') {
        slug.append('x');
      }
      if (plain) {
        slug.append(c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
      if (slug.length() >= MAX_SLUG_LENGTH) {
        break;
      }
    }
    while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
      slug.setLength(slug.length() - 1);
    }
    return slug.isEmpty() ? "job" : slug.toString();
  }
}
