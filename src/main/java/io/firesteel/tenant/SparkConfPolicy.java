package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tenant's rules for Spark properties. They apply to the properties of the built driver,
 * whichever field of the request they came from. Names match regardless of case and surrounding
 * blanks.
 *
 * @param namespace of the tenant
 * @param accounts the service accounts that the job may use
 */
record SparkConfPolicy(String namespace, AllowList accounts, PolicySettings policy) {

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
  private static final Pattern IMAGE =
      Pattern.compile("spark\\.kubernetes\\.((driver|executor)\\.)?container\\.image");
  private static final Pattern SECRET_MOUNT =
      Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.secrets\\.(.*)");
  private static final Pattern SECRET_ENV =
      Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.secretkeyref\\..*");
  private static final Pattern HOST_PATH =
      Pattern.compile(
          "spark\\.kubernetes\\.(driver|executor)\\.volumes\\.hostpath\\..*\\.options\\.path");
  private static final Pattern UNCONFINED =
      Pattern.compile(
          "spark\\.kubernetes\\.(driver|executor)\\.annotation\\."
              + "container\\.apparmor\\.security\\.beta\\.kubernetes\\.io/.*");
  private static final Pattern JVM_PROPERTY = Pattern.compile("(?i)-D\\s*(spark\\.[^=\\s]*)");
  private static final Pattern JVM_FILE =
      Pattern.compile("(?i)(^|\\s)(@|-XX:(Flags|VMOptionsFile)=)|\\$[({]");
  private static final Pattern JVM_OPTIONS = Pattern.compile("(?i)java_?(tool_?)?options");

  /** Violations in the properties of a built driver. */
  List<ValidationError> check(Map<String, String> properties) {
    var errors = new ArrayList<ValidationError>();
    properties.forEach((key, value) -> check(key, value, errors));
    policy
        .enforcedConf()
        .forEach((key, value) -> {
          if (!value.equals(properties.get(key))) {
            errors.add(
                error(key, "is enforced by the tenant's policy (enforcedConf); leave it out"));
          }
        });
    return errors;
  }

  /** Properties of the request that Firesteel would replace silently. */
  List<ValidationError> checkRequested(JsonNode sparkConf) {
    String key = "spark.kubernetes.namespace";
    JsonNode value = sparkConf.path(key);
    return value.isMissingNode() || value.asText().equals(namespace) || policy.conf().allows(key)
        ? List.of()
        : List.of(error(key, "is not the tenant's namespace " + namespace + "; leave it out"));
  }

  private void check(String key, String value, List<ValidationError> errors) {
    String name = key.strip().toLowerCase(Locale.ROOT);
    boolean allowed = policy.conf().allows(key) || policy.enforcedConf().containsKey(key);
    if (PolicySettings.PROPERTY_NAME.reader().apply(TextNode.valueOf(key)) == null) {
      errors.add(error(key, "is not " + PolicySettings.PROPERTY_NAME.expected()));
    } else if (RESERVED.matcher(name).matches() && !allowed && !isSetByFiresteel(key, value)) {
      errors.add(error(key, "is reserved; leave it out, or allow it in the tenant's allow.conf"));
    }
    if (IMAGE.matcher(name).matches() && !policy.images().allows(value)) {
      errors.add(error(key, policy.images().denied("image", value, "allow.images")));
    }
    if (UNCONFINED.matcher(name).matches()
        && value.strip().equals("unconfined")
        && !policy.privileged()) {
      errors.add(error(key, "is not allowed for this tenant (allow.privileged)"));
    }
    if (HOST_PATH.matcher(name).matches() && !policy.hostPaths().allowsHostPath(value)) {
      errors.add(error(key, policy.hostPaths().denied("host path", value, "allow.hostPaths")));
    }
    checkSecrets(key, name, value, errors);
    if (!allowed) {
      jvmOptions(key, value).forEach(errors::add);
    }
  }

  private void checkSecrets(String key, String name, String value, List<ValidationError> errors) {
    Matcher mount = SECRET_MOUNT.matcher(name);
    var secrets = new ArrayList<String>();
    if (mount.matches()) {
      secrets.add(key.strip().substring(mount.start(2)));
    }
    if (SECRET_ENV.matcher(name).matches()) {
      secrets.add(value.split(":", -1)[0].strip());
    }
    if (name.equals("spark.kubernetes.container.image.pullsecrets")) {
      Stream.of(value.split(",", -1))
          .map(String::strip)
          .filter(secret -> !secret.isEmpty())
          .forEach(secrets::add);
    }
    secrets.stream()
        .filter(secret -> !policy.secrets().allows(secret))
        .findFirst()
        .ifPresent(secret ->
            errors.add(error(key, policy.secrets().denied("Secret", secret, "allow.secrets"))));
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
