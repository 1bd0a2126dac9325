package io.firesteel.tenant;

import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Printable;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tenant's rules for Spark properties. They apply to the properties of the built driver,
 * whichever field of the request they came from. Names match regardless of case and surrounding
 * blanks.
 *
 * @param namespace of the tenant
 * @param accounts the service accounts that the job may use
 */
record SparkConfPolicy(String namespace, AllowList accounts, PolicySettings policy) {

  /** Kueue's label for the priority of a workload. */
  static final String KUEUE_PRIORITY = "kueue.x-k8s.io/priority-class";

  private static final String MASTER = "k8s://https://kubernetes.default.svc";
  private static final String TEMPLATE = "/opt/spark/pod-template/pod-spec-template.yml";

  private static final Pattern RESERVED =
      Pattern.compile(
          "spark\\.(master|submit\\.deploymode"
              + "|kubernetes\\.(authenticate\\..*|context|trust\\.certificates|driver\\.master"
              + "|kerberos\\..*|hadoop\\.configmapname|submitindriver|file\\.upload\\.path"
              + "|(driver|executor)\\.podtemplatefile"
              + "|(driver|executor)\\.pod\\.(excluded)?featuresteps"
              + "|scheduler\\.volcano\\.podgrouptemplatefile|allocation\\.pods\\.allocator"
              + "|namespace))");
  private static final Pattern RESOURCE =
      Pattern.compile("(?i)spark\\.(driver|executor)\\.resource\\.(.+)\\.amount");
  private static final Pattern UNCONFINED =
      Pattern.compile(
          "spark\\.kubernetes\\.(driver|executor)\\.annotation\\."
              + "container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/.*");
  private static final Pattern JVM_PROPERTY = Pattern.compile("(?i)-D\\s*(spark\\.[^=\\s]*)");
  private static final Pattern JVM_FILE =
      Pattern.compile("(?i)(^|\\s)(@|-XX:(Flags|VMOptionsFile)=)|\\$[({]");
  private static final Pattern JVM_OPTIONS = Pattern.compile("(?i)java_?(tool_?)?options");

  /**
   * Violations in the properties of a request: names of what the tenant may not use, and what
   * Firesteel would replace silently.
   */
  List<ValidationError> checkRequested(Map<String, String> properties) {
    var errors = new ArrayList<ValidationError>();
    properties.forEach((key, value) -> {
      check(key, value, properties, errors);
      listed(key, value, Set.of(), errors);
    });
    String key = "spark.kubernetes.namespace";
    String value = properties.getOrDefault(key, namespace);
    if (!value.equals(namespace) && !policy.list(AllowSetting.CONF).allows(key)) {
      errors.add(
          error(
              key,
              "%s is not the tenant's namespace %s; leave it out"
                  .formatted(Printable.of(value, 200), namespace)));
    }
    return errors;
  }

  /** Violations in the properties of a built driver, to which Firesteel adds annotations. */
  List<ValidationError> checkBuilt(Map<String, String> properties) {
    var errors = new ArrayList<ValidationError>();
    properties.forEach((key, value) -> {
      check(key, value, properties, errors);
      listed(
          key, value, Set.of(AllowSetting.ANNOTATIONS, AllowSetting.SERVICE_ANNOTATIONS), errors);
    });
    return errors;
  }

  /** Enforced properties that another field of the request would change. */
  List<ValidationError> checkEnforced(Map<String, String> properties) {
    return policy.enforcedConf().entrySet().stream()
        .filter(enforced -> !enforced.getValue().equals(properties.get(enforced.getKey())))
        .map(enforced ->
            error(
                enforced.getKey(),
                "is enforced by the tenant's policy (enforcedConf); leave it out"))
        .toList();
  }

  private void check(
      String key, String value, Map<String, String> all, List<ValidationError> errors) {
    String name = key.strip().toLowerCase(Locale.ROOT);
    boolean allowed =
        policy.list(AllowSetting.CONF).allows(key) || policy.enforcedConf().containsKey(key);
    if (PolicySettings.PROPERTY_NAME.reader().apply(TextNode.valueOf(key)) == null) {
      errors.add(error(key, "is not " + PolicySettings.PROPERTY_NAME.expected()));
    } else if (RESERVED.matcher(name).matches() && !allowed && !isSetByFiresteel(key, value)) {
      errors.add(error(key, "is reserved; leave it out, or allow it in the tenant's allow.conf"));
    }
    if (UNCONFINED.matcher(name).matches()
        && value.strip().equals("unconfined")
        && !policy.privileged()) {
      errors.add(
          error(
              key, "unconfined is not allowed for this tenant; set allow.privileged to allow it"));
    }
    Matcher resource = RESOURCE.matcher(key.strip());
    if (resource.matches()
        && policy.perJob().denied(JobSize.resource(all, resource.group(1), resource.group(2)))
            instanceof String denied) {
      errors.add(error(key, denied));
    }
    if (!allowed) {
      jvmOptions(key, value).forEach(errors::add);
    }
  }

  private void listed(
      String key, String value, Set<AllowSetting> except, List<ValidationError> errors) {
    PropertyRule.ALL.stream()
        .filter(rule -> !except.contains(rule.setting()))
        .forEach(rule ->
            rule.values(key, value)
                .map(named -> policy.denied(rule.setting(), named))
                .filter(Objects::nonNull)
                .limit(1)
                .forEach(denied -> errors.add(error(key, denied))));
  }

  /**
   * Denies JVM options that set Spark properties, because those are not validated, and files and
   * variables that may hold such options.
   */
  static List<ValidationError> jvmOptions(String key, String value) {
    if (value.chars().noneMatch(c -> c == '-' || c == '@' || c == '$')) {
      return List.of();
    }
    String plain = value.replaceAll("[\"'\\\\]", "");
    boolean options = JVM_OPTIONS.matcher(key).find();
    return JVM_PROPERTY.matcher(plain).find() || (options && JVM_FILE.matcher(plain).find())
        ? List.of(error(key, "passes Spark properties as JVM options; put them into sparkConf"))
        : List.of();
  }

  /** Whether a property has the value that Firesteel itself sets. */
  private boolean isSetByFiresteel(String key, String value) {
    return switch (key) {
      case "spark.master" -> value.equals(MASTER);
      case "spark.submit.deployMode" -> value.equals("cluster");
      case "spark.kubernetes.namespace" -> value.equals(namespace);
      case "spark.kubernetes.submitInDriver" -> value.equals("true");
      case "spark.kubernetes.executor.podTemplateFile" -> value.equals(TEMPLATE);
      case "spark.kubernetes.authenticate.driver.serviceAccountName",
          "spark.kubernetes.authenticate.executor.serviceAccountName" ->
          accounts.allows(value);
      default -> false;
    };
  }

  private static ValidationError error(String key, String text) {
    return new ValidationError(JsonPointers.child("/sparkConf", key), text);
  }
}
