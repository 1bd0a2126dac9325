package io.firesteel.driver.submit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The labels and annotations by which Firesteel finds its pods, and the syntax of valid ones. */
public final class PodLabels {

  /** Names the program that manages the object. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}. */
  public static final String FIRESTEEL = "firesteel";

  /** The id of the installation that created the object. */
  public static final String INSTALLATION = "firesteel.io/installation";

  /** The partition of the drivers topic whose owner reconciles the object. */
  public static final String PARTITION = "firesteel.io/partition";

  /** {@link DriverNames#jobHash} of the job. */
  public static final String JOB = "firesteel.io/job";

  /** The generation of the job. */
  public static final String GENERATION = "firesteel.io/generation";

  /** The number of the attempt. */
  public static final String ATTEMPT = "firesteel.io/attempt";

  /** The tenant, made a valid label; the exact name is in {@link #JOB_KEY}. */
  public static final String TENANT = "firesteel.io/tenant";

  /** Annotation: the exact {@code tenant/id}. */
  public static final String JOB_KEY = "firesteel.io/job-key";

  /** Spark's: {@code driver} or {@code executor}. */
  public static final String SPARK_ROLE = "spark-role";

  /** Spark's: the application id. */
  public static final String SPARK_APP_SELECTOR = "spark-app-selector";

  /** Spark's: the application's name, cut to a label. */
  public static final String SPARK_APP_NAME = "spark-app-name";

  /** Spark's: its full version. */
  public static final String SPARK_VERSION = "spark-version";

  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private PodLabels() {}

  /** Labels or annotations with others added, which override those of the same key. */
  public static Map<String, String> merged(
      @Nullable Map<String, String> before, Map<String, String> added) {
    var all = new TreeMap<>(Objects.requireNonNullElse(before, Map.<String, String>of()));
    all.putAll(added);
    return all;
  }

  /** Whether Kubernetes accepts a text as the value of a label. */
  public static boolean isValidValue(String value) {
    return value.length() <= 63 && VALUE.matcher(value).matches();
  }

  /** Whether Kubernetes accepts a text as the key of a label or an annotation. */
  public static boolean isValidKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean prefixed =
        slash < 0 || (slash <= 253 && PREFIX.matcher(key.substring(0, slash)).matches());
    return prefixed && name.length() <= 63 && NAME.matcher(name).matches();
  }

  /** A valid label value that resembles a text. */
  public static String toLabelValue(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
    plain = plain.substring(0, Math.min(63, plain.length()));
    return plain.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
  }
}
