package io.firesteel.tenant;

import io.firesteel.json.JsonPointers;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's rules for Kubernetes objects, applied to every field of a tree by its name, wherever
 * it stands: a field that names a Secret or opens the node is found in a sidecar's template as well
 * as in the driver itself, and in fields that Firesteel has never heard of.
 *
 * @param namespace the only one
 * @param accounts the service accounts that the job may use
 */
record ObjectPolicy(String namespace, AllowList accounts, PolicySettings policy) {

  /** Maps with free keys; nothing in them means anything to Kubernetes. */
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

  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  /** What is not allowed below a node. */
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
      String fault = violation(field.getKey(), field.getValue());
      if (fault != null) {
        errors.add(new ValidationError(at, fault));
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
          unlessFalseOr(value, policy.hostNetwork(), "is not allowed to this tenant");
      case "hostPort" ->
          value.asInt() == 0 || policy.hostNetwork() ? null : "is not allowed to this tenant";
      case "privileged", "allowPrivilegeEscalation", "hostProcess" ->
          unlessFalseOr(value, policy.privileged(), "is not allowed to this tenant");
      case "seccompProfile", "appArmorProfile" ->
          value.path("type").asText().equals("Unconfined") && !policy.privileged()
              ? "is not allowed to this tenant"
              : null;
      case "annotations" -> unconfined(value);
      case "finalizers", "ownerReferences" ->
          value.isEmpty() ? null : "would keep Firesteel from cleaning up, or do it too early";
      case "seLinuxOptions", "add", "sysctls" ->
          value.isEmpty() || policy.privileged() ? null : "is not allowed to this tenant";
      case "procMount" ->
          value.asText().equals("Default") || policy.privileged()
              ? null
              : "is not allowed to this tenant";
      case "image", "reference" -> value.isTextual() ? image(value.asText()) : null;
      case "serviceAccount", "serviceAccountName" -> account(value);
      case "proxyUser" -> proxyUser(value);
      case "secretName" -> secret(value.asText());
      case "secretKeyRef", "secretRef", "nodePublishSecretRef", "secret" -> secretOf(value);
      case "envSecretKeyRefs", "secrets", "imagePullSecrets" -> secretsOf(value);
      case "namespace", "secretNamespace" ->
          value.asText().isEmpty() || value.asText().equals(namespace)
              ? null
              : "is not the tenant's namespace";
      case "kubernetesMaster" -> value.asText().isEmpty() ? null : "is decided by Firesteel";
      case "env" -> jvmOptions(value);
      default -> null;
    };
  }

  private @Nullable String hostPath(String path) {
    return policy.hostPaths().allowsHostPath(path)
        ? null
        : "names a path of the node that the tenant may not use";
  }

  private @Nullable String image(String image) {
    return image.isEmpty() || policy.images().allows(image)
        ? null
        : "names an image that the tenant may not use";
  }

  private @Nullable String account(JsonNode value) {
    return value.asText().isEmpty() || accounts.allows(value.asText())
        ? null
        : "names a service account that the tenant may not use";
  }

  private @Nullable String proxyUser(JsonNode value) {
    return value.asText().isEmpty() || policy.proxyUsers().allows(value.asText())
        ? null
        : "names a user that the tenant may not act for";
  }

  private @Nullable String secret(String name) {
    return name.isEmpty() || policy.secrets().allows(name)
        ? null
        : "names a Secret that the tenant may not use";
  }

  private @Nullable String secretOf(JsonNode reference) {
    return secret(reference.path("name").asText(""));
  }

  /** A list or a map of references, or of names. */
  private @Nullable String secretsOf(JsonNode references) {
    for (JsonNode reference : references) {
      String fault = reference.isTextual() ? secret(reference.asText()) : secretOf(reference);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** The way of saying it before Kubernetes 1.30. */
  private @Nullable String unconfined(JsonNode annotations) {
    for (var annotation : annotations.properties()) {
      if (annotation.getKey().startsWith(APP_ARMOR)
          && annotation.getValue().asText().equals("unconfined")
          && !policy.privileged()) {
        return "are not allowed to this tenant: " + APP_ARMOR;
      }
    }
    return null;
  }

  private static @Nullable String jvmOptions(JsonNode variables) {
    for (JsonNode variable : variables) {
      String value = variable.path("value").asText("");
      if (!SparkConfPolicy.jvmOptions(variable.path("name").asText(""), value).isEmpty()) {
        return "gives Spark properties to a JVM; put them into sparkConf instead";
      }
    }
    return null;
  }

  private static @Nullable String unlessFalseOr(JsonNode value, boolean allowed, String fault) {
    return value.asText().equals("false") || allowed ? null : fault;
  }
}
