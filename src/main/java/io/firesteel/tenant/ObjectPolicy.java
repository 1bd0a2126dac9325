package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.Printable;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's rules for Kubernetes objects. They apply to fields by name, anywhere in the tree: in
 * a sidecar as well as in the driver, and in fields that Firesteel does not know.
 *
 * @param namespace of the tenant
 * @param accounts the service accounts that the job may use
 */
record ObjectPolicy(String namespace, AllowList accounts, PolicySettings policy) {

  /** Maps with keys that the user chooses and that mean nothing to Kubernetes. */
  private static final Set<String> FREE_KEYS =
      Set.of(
          "annotations",
          "labels",
          "nodeSelector",
          "matchLabels",
          "data",
          "sparkConf",
          "hadoopConf",
          "envVars",
          "managedFields",
          "serviceAnnotations",
          "serviceLabels",
          "ingressAnnotations");

  private static final String NO_HOST_NETWORK =
      "is not allowed for this tenant (allow.hostNetwork)";
  private static final String NO_PRIVILEGE = "is not allowed for this tenant (allow.privileged)";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  /** Violations below a node. */
  List<ValidationError> check(JsonNode tree, String pointer) {
    var errors = new ArrayList<ValidationError>();
    walk(tree, pointer, errors);
    return errors;
  }

  private void walk(JsonNode node, String pointer, List<ValidationError> errors) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), pointer + "/" + i, errors);
      }
    }
    for (var field : node.properties()) {
      String at = JsonPointers.child(pointer, field.getKey());
      String violation = violation(field.getKey(), field.getValue());
      if (violation != null) {
        errors.add(new ValidationError(at, violation));
      }
      if (!FREE_KEYS.contains(field.getKey())) {
        walk(field.getValue(), at, errors);
      }
    }
  }

  private @Nullable String violation(String name, JsonNode value) {
    return switch (name) {
      case "hostPath" -> hostPath(value.path("path").asText(""));
      case "hostNetwork", "hostPID", "hostIPC" ->
          unlessFalseOr(value, policy.hostNetwork(), NO_HOST_NETWORK);
      case "hostPort" -> value.asInt() == 0 || policy.hostNetwork() ? null : NO_HOST_NETWORK;
      case "privileged", "allowPrivilegeEscalation", "hostProcess" ->
          unlessFalseOr(value, policy.privileged(), NO_PRIVILEGE);
      case "seccompProfile", "appArmorProfile" ->
          value.path("type").asText().equals("Unconfined") && !policy.privileged()
              ? NO_PRIVILEGE
              : null;
      case "annotations" -> unconfined(value);
      case "finalizers", "ownerReferences" ->
          value.isEmpty() ? null : "is not allowed; it would interfere with the cleanup of the job";
      case "seLinuxOptions", "add", "sysctls" ->
          value.isEmpty() || policy.privileged() ? null : NO_PRIVILEGE;
      case "procMount" ->
          value.asText().equals("Default") || policy.privileged() ? null : NO_PRIVILEGE;
      case "image", "reference" -> value.isTextual() ? image(value.asText()) : null;
      case "serviceAccount", "serviceAccountName" -> account(value);
      case "proxyUser" -> proxyUser(value);
      case "secretName" -> secret(value.asText());
      case "secretKeyRef", "secretRef", "nodePublishSecretRef", "secret" -> secretOf(value);
      case "envSecretKeyRefs", "secrets", "imagePullSecrets" -> secretsOf(value);
      case "namespace", "secretNamespace" ->
          value.asText().isEmpty() || value.asText().equals(namespace)
              ? null
              : "is not the tenant's namespace " + namespace + "; leave it out";
      case "kubernetesMaster" ->
          value.asText().isEmpty() ? null : "is set by Firesteel; leave it out";
      case "env" -> jvmOptions(value);
      default -> null;
    };
  }

  private @Nullable String hostPath(String path) {
    return policy.hostPaths().allowsHostPath(path)
        ? null
        : policy.hostPaths().denied("host path", path, "allow.hostPaths");
  }

  private @Nullable String image(String image) {
    return image.isEmpty() || policy.images().allows(image)
        ? null
        : policy.images().denied("image", image, "allow.images");
  }

  private @Nullable String account(JsonNode value) {
    return value.asText().isEmpty() || accounts.allows(value.asText())
        ? null
        : "service account %s is not allowed; the job uses %s, see allow.serviceAccounts"
            .formatted(Printable.of(value.asText(), 200), String.join(", ", accounts.patterns()));
  }

  private @Nullable String proxyUser(JsonNode value) {
    return value.asText().isEmpty() || policy.proxyUsers().allows(value.asText())
        ? null
        : policy.proxyUsers().denied("proxy user", value.asText(), "allow.proxyUsers");
  }

  private @Nullable String secret(String name) {
    return name.isEmpty() || policy.secrets().allows(name)
        ? null
        : policy.secrets().denied("Secret", name, "allow.secrets");
  }

  private @Nullable String secretOf(JsonNode reference) {
    return secret(reference.path("name").asText(""));
  }

  /** An array or an object of references, or of names. */
  private @Nullable String secretsOf(JsonNode references) {
    for (JsonNode reference : references) {
      String violation = reference.isTextual() ? secret(reference.asText()) : secretOf(reference);
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  /** AppArmor profiles before Kubernetes 1.30. */
  private @Nullable String unconfined(JsonNode annotations) {
    for (var annotation : annotations.properties()) {
      if (annotation.getKey().startsWith(APP_ARMOR)
          && annotation.getValue().asText().equals("unconfined")
          && !policy.privileged()) {
        return NO_PRIVILEGE + ": " + APP_ARMOR;
      }
    }
    return null;
  }

  private static @Nullable String jvmOptions(JsonNode variables) {
    for (JsonNode variable : variables) {
      String value = variable.path("value").asText("");
      if (!SparkConfPolicy.jvmOptions(variable.path("name").asText(""), value).isEmpty()) {
        return "passes Spark properties as JVM options; put them into sparkConf";
      }
    }
    return null;
  }

  private static @Nullable String unlessFalseOr(JsonNode value, boolean allowed, String violation) {
    return value.asText().equals("false") || allowed ? null : violation;
  }
}
