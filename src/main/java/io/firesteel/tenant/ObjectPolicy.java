package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Printable;
import io.firesteel.json.ValidationError;
import io.firesteel.tenant.FieldTable.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's rules for a SparkApplication and for the Kubernetes objects that are built from it.
 * {@link FieldTable} names the fields that are allowed; every other field is denied.
 *
 * @param account the service account of the job
 * @param requested whether to check annotations; built objects have Firesteel's own, too
 */
record ObjectPolicy(Tenant tenant, String account, boolean requested) {

  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final String ANY_HOST = "*";
  private static final Pattern URL_HOST = Pattern.compile("(?:[^/]*://)?([^/:]*).*");

  private static final String CLEANUP =
      "is not allowed; it would interfere with the cleanup of the job";
  private static final String MASTER = "is set by Firesteel; leave it out";
  private static final List<String> NO_HOST = List.of("", "false", "0");

  /** Values that give a container no more rights than the default. */
  private static final List<String> UNPRIVILEGED =
      List.of("", "false", "Default", "RuntimeDefault", "Localhost", "None", "HostToContainer");

  /** Violations in an object of a type of {@link FieldTable}. */
  List<ValidationError> check(String type, JsonNode object, String pointer) {
    var errors = new ArrayList<ValidationError>();
    object(type, object, pointer, errors);
    return errors;
  }

  private void object(String type, JsonNode object, String pointer, List<ValidationError> errors) {
    for (var field : object.properties()) {
      if (!field.getValue().isNull()) {
        String at = JsonPointers.child(pointer, field.getKey());
        field(type, field.getKey(), field.getValue(), at, errors);
      }
    }
  }

  private void field(
      String type, String name, JsonNode value, String at, List<ValidationError> errors) {
    FieldTable.Field field = FieldTable.find(type, name).orElse(null);
    if (field == null || field.decision() instanceof Decision.Denied || !hasForm(field, value)) {
      denied(type + "." + name, value).ifPresent(text -> errors.add(new ValidationError(at, text)));
      return;
    }
    switch (field.decision()) {
      case Decision.Listed(AllowSetting setting) -> listed(setting, value, at, errors);
      case Decision.Ruled(FieldRule rule) -> ruled(rule, name, value, at, errors);
      case Decision.Free(), Decision.Denied() -> {}
    }
    field.type().ifPresent(inner -> inner(inner, field.map(), value, at, errors));
  }

  /** A field without a type holds no objects but those with scalars in them. */
  private static boolean hasForm(FieldTable.Field field, JsonNode value) {
    return field.type().isPresent()
        ? value.isContainerNode()
        : value.isValueNode() || value.valueStream().allMatch(JsonNode::isValueNode);
  }

  private void inner(
      String type, boolean map, JsonNode value, String at, List<ValidationError> errors) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        object(type, value.get(i), at + "/" + i, errors);
      }
    } else if (map) {
      value
          .properties()
          .forEach(entry ->
              object(type, entry.getValue(), JsonPointers.child(at, entry.getKey()), errors));
    } else {
      object(type, value, at, errors);
    }
  }

  private Optional<String> denied(String field, JsonNode value) {
    boolean absent =
        value.isArray() && value.isEmpty() || value.isTextual() && text(value).isEmpty();
    return absent
        ? Optional.empty()
        : Optional.ofNullable(tenant.policy().denied(AllowSetting.FIELDS, field));
  }

  /** Judges a scalar, each scalar of an array, or each key of an object. */
  private void listed(
      AllowSetting setting, JsonNode value, String at, List<ValidationError> errors) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        listed(setting, value.get(i), at + "/" + i, errors);
      }
    } else if (value.isObject()) {
      keys(value, at, errors, key -> requested ? tenant.policy().denied(setting, key) : null);
    } else if (!text(value).isEmpty()) {
      add(errors, at, tenant.policy().denied(setting, text(value)));
    }
  }

  private void ruled(
      FieldRule rule, String name, JsonNode value, String at, List<ValidationError> errors) {
    PolicySettings policy = tenant.policy();
    switch (rule) {
      case HOST_NETWORK -> unless(NO_HOST, policy.hostNetwork(), "hostNetwork", value, at, errors);
      case PRIVILEGED -> unless(UNPRIVILEGED, policy.privileged(), "privileged", value, at, errors);
      case ROOT_USER -> {
        boolean allowed = policy.rootUser() || !isRoot(name, value);
        unless(List.of(), allowed, "rootUser", value, at, errors);
      }
      case SERVICE_ACCOUNT -> add(errors, at, serviceAccount(text(value)));
      case RESOURCES -> resources(value, at, errors);
      case TOLERATION -> tolerations(value, at, errors);
      case VOLUME -> listed(AllowSetting.VOLUMES, name, at, errors);
      case POD_ANNOTATIONS -> podAnnotations(value, at, errors);
      case LABELS -> labels(value, at, errors);
      case BATCH_SCHEDULER ->
          listedUnless(List.of("", "kueue"), AllowSetting.SCHEDULERS, text(value), at, errors);
      case INGRESS_RULE -> ingressHosts(value, at, errors);
      case INGRESS_URL -> ingressUrl(text(value), at, errors);
      case JVM_OPTIONS -> jvmOptions(value, at, errors);
      case NAMESPACE -> add(errors, at, namespace(text(value)));
      case CLEANUP -> add(errors, at, value.isEmpty() ? null : CLEANUP);
      case MASTER -> add(errors, at, text(value).isEmpty() ? null : MASTER);
    }
  }

  private static boolean isRoot(String name, JsonNode value) {
    return name.equals("runAsUser") ? value.asLong() == 0 : !value.asBoolean(true);
  }

  private void resources(JsonNode value, String at, List<ValidationError> errors) {
    if (value.isObject()) {
      keys(value, at, errors, tenant.policy().perJob()::denied);
    } else {
      add(errors, at, tenant.policy().perJob().denied(text(value)));
    }
  }

  private void labels(JsonNode labels, String at, List<ValidationError> errors) {
    String priority = text(labels.path(SparkConfPolicy.KUEUE_PRIORITY));
    String label = JsonPointers.child(at, SparkConfPolicy.KUEUE_PRIORITY);
    listedUnless(List.of(""), AllowSetting.PRIORITY_CLASSES, priority, label, errors);
  }

  private void ingressUrl(String url, String at, List<ValidationError> errors) {
    Matcher host = URL_HOST.matcher(url);
    if (host.matches()) {
      listedUnless(List.of(""), AllowSetting.INGRESS_HOSTS, host.group(1), at, errors);
    }
  }

  private @Nullable String namespace(String named) {
    return named.isEmpty() || named.equals(tenant.namespace())
        ? null
        : "%s is not the tenant's namespace %s; leave it out"
            .formatted(Printable.of(named, 200), tenant.namespace());
  }

  private static void unless(
      List<String> harmless,
      boolean allowed,
      String setting,
      JsonNode value,
      String at,
      List<ValidationError> errors) {
    boolean absent = value.isContainerNode() ? value.isEmpty() : harmless.contains(text(value));
    if (!allowed && !absent) {
      add(
          errors,
          at,
          "%sis not allowed for this tenant; set allow.%s to allow it"
              .formatted(value.isValueNode() ? shown(value) + " " : "", setting));
    }
  }

  private @Nullable String serviceAccount(String named) {
    if (named.isEmpty() || named.equals(account)) {
      return null;
    }
    String denied = tenant.policy().denied(AllowSetting.SERVICE_ACCOUNTS, named);
    return denied == null || named.equals(tenant.serviceAccount())
        ? "service account %s is not that of the job, %s; driver and executors share one"
            .formatted(Printable.of(named, 200), account)
        : denied
            + "; leave it out, and the job runs under %s (otherServiceAccounts: replace does that for every job)"
                .formatted(tenant.serviceAccount());
  }

  private void tolerations(JsonNode tolerations, String at, List<ValidationError> errors) {
    for (int i = 0; i < tolerations.size(); i++) {
      String key = text(tolerations.get(i).path("key"));
      add(
          errors,
          at + "/" + i,
          tenant.policy().denied(AllowSetting.TOLERATIONS, key.isEmpty() ? "*" : key));
    }
  }

  private void podAnnotations(JsonNode annotations, String at, List<ValidationError> errors) {
    listed(AllowSetting.ANNOTATIONS, annotations, at, errors);
    for (var annotation : annotations.properties()) {
      if (annotation.getKey().startsWith(APP_ARMOR)
          && text(annotation.getValue()).equals("unconfined")) {
        unless(
            List.of(),
            tenant.policy().privileged(),
            "privileged",
            annotation.getValue(),
            JsonPointers.child(at, annotation.getKey()),
            errors);
      }
    }
  }

  /** The hosts of an Ingress, or of the options from which one is made. */
  private void ingressHosts(JsonNode value, String at, List<ValidationError> errors) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        String host = text(value.get(i).path("host"));
        listed(AllowSetting.INGRESS_HOSTS, host.isEmpty() ? ANY_HOST : host, at + "/" + i, errors);
      }
    } else if (!value.path("ingressAnnotations").isEmpty() || !value.path("ingressTLS").isEmpty()) {
      boolean named =
          value.path("ingressTLS").valueStream().anyMatch(tls -> !tls.path("hosts").isEmpty());
      if (!named) {
        listed(AllowSetting.INGRESS_HOSTS, ANY_HOST, at, errors);
      }
    }
  }

  private static void jvmOptions(JsonNode variables, String at, List<ValidationError> errors) {
    for (int i = 0; i < variables.size(); i++) {
      String name = text(variables.get(i).path("name"));
      if (!SparkConfPolicy.jvmOptions(name, text(variables.get(i).path("value"))).isEmpty()) {
        add(
            errors,
            at + "/" + i + "/value",
            "passes Spark properties as JVM options; put them into sparkConf");
      }
    }
  }

  private void listedUnless(
      List<String> free,
      AllowSetting setting,
      String value,
      String at,
      List<ValidationError> errors) {
    if (!free.contains(value)) {
      listed(setting, value, at, errors);
    }
  }

  private void listed(AllowSetting setting, String value, String at, List<ValidationError> errors) {
    add(errors, at, tenant.policy().denied(setting, value));
  }

  private interface KeyRule {
    @Nullable String violation(String key);
  }

  private static void keys(JsonNode map, String at, List<ValidationError> errors, KeyRule rule) {
    map.properties()
        .forEach(entry ->
            add(errors, JsonPointers.child(at, entry.getKey()), rule.violation(entry.getKey())));
  }

  private static void add(List<ValidationError> errors, String at, @Nullable String violation) {
    if (violation != null) {
      errors.add(new ValidationError(at, violation));
    }
  }

  private static String text(JsonNode value) {
    return value.asText("");
  }

  private static String shown(JsonNode value) {
    return Printable.of(text(value), 200);
  }
}
