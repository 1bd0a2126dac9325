package io.firesteel.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Spark property by which a job names something that a list of the tenant's definition decides.
 *
 * @param property {@code <role>} stands for driver or executor, {@code <value>} for what the list
 *     decides, {@code *} for any characters; without {@code <value>} the list decides the
 *     property's value, or each part of it between commas
 * @param form the same as a regular expression, in which case does not count
 */
record PropertyRule(String property, AllowSetting setting, Pattern form) {

  private static final String VALUE = "<value>";

  static final List<PropertyRule> ALL =
      List.of(
          of("spark.kubernetes.container.image", AllowSetting.IMAGES),
          of("spark.kubernetes.<role>.container.image", AllowSetting.IMAGES),
          of("spark.kubernetes.container.image.pullSecrets", AllowSetting.SECRETS),
          of("spark.kubernetes.<role>.secrets.<value>", AllowSetting.SECRETS),
          of("spark.kubernetes.<role>.secretKeyRef.*", AllowSetting.SECRETS),
          of("spark.kubernetes.<role>.volumes.<value>.*", AllowSetting.VOLUMES),
          of("spark.kubernetes.<role>.volumes.hostPath.*.options.path", AllowSetting.HOST_PATHS),
          of("spark.kubernetes.<role>.annotation.<value>", AllowSetting.ANNOTATIONS),
          of(
              "spark.kubernetes.<role>.volumes.persistentVolumeClaim.*.annotation.<value>",
              AllowSetting.ANNOTATIONS),
          of(
              "spark.kubernetes.driver.service.annotation.<value>",
              AllowSetting.SERVICE_ANNOTATIONS),
          of(
              "spark.kubernetes.<role>.label." + SparkConfPolicy.KUEUE_PRIORITY,
              AllowSetting.PRIORITY_CLASSES),
          of("spark.kubernetes.scheduler.name", AllowSetting.SCHEDULERS),
          of("spark.kubernetes.<role>.scheduler.name", AllowSetting.SCHEDULERS));

  /** Volumes that need no permission, or that another rule decides. */
  private static final List<String> FREE_VOLUMES =
      List.of("emptyDir", "persistentVolumeClaim", "hostPath");

  private static PropertyRule of(String property, AllowSetting setting) {
    String form =
        Arrays.stream(property.split("(?<=[.])|(?=[.])", -1))
            .map(part ->
                switch (part) {
                  case "<role>" -> "(driver|executor)";
                  case VALUE -> property.endsWith(VALUE) ? "(?<value>.*)" : "(?<value>[^.]*)";
                  case "*" -> ".*";
                  default -> Pattern.quote(part);
                })
            .collect(Collectors.joining());
    return new PropertyRule(
        property, setting, Pattern.compile(form, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  /** What the list decides in a property; none if this is not a rule for it. */
  Stream<String> values(String key, String value) {
    Matcher named = form.matcher(key.strip());
    if (!named.matches()) {
      return Stream.of();
    }
    return switch (setting) {
      case VOLUMES -> Stream.of(named.group("value")).filter(type -> !isFreeVolume(type));
      case SECRETS, ANNOTATIONS, SERVICE_ANNOTATIONS ->
          property.contains(VALUE) ? Stream.of(named.group("value")) : secrets(value);
      default -> Stream.of(value);
    };
  }

  private Stream<String> secrets(String value) {
    return property.endsWith("*")
        ? Stream.of(value.split(":", -1)[0].strip())
        : Arrays.stream(value.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty());
  }

  private static boolean isFreeVolume(String type) {
    return FREE_VOLUMES.stream().anyMatch(type::equalsIgnoreCase);
  }
}
