package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The defaults that the server sets for missing fields. Idempotent. */
final class ObjectDefaults {
  private static final Set<String> KEEP_STATUS_AT_BIRTH = Set.of("nodes");

  private ObjectDefaults() {}

  /** Sets the defaults of a new object and its first status. */
  static void applyOnCreate(ResourceKind kind, ObjectNode object) {
    if (kind.hasStatus() && !KEEP_STATUS_AT_BIRTH.contains(kind.plural())) {
      object.remove("status");
    }
    apply(kind, object);
    switch (kind.plural()) {
      case "pods" ->
          object
              .putObject("status")
              .put("phase", "Pending")
              .put("qosClass", PodDefaults.qosClass(object.path("spec")));
      case "namespaces" -> namespace(object);
      case "services" -> object.putObject("status").putObject("loadBalancer");
      case "persistentvolumeclaims" -> boundClaim(object);
      default -> {}
    }
  }

  /** Sets the defaults of any version. */
  static void apply(ResourceKind kind, ObjectNode object) {
    switch (kind.plural()) {
      case "pods" -> PodDefaults.apply(object);
      case "services" -> service(object);
      case "secrets" -> secret(object);
      case "persistentvolumeclaims" -> spec(object, "volumeMode", "Filesystem");
      default -> {}
    }
  }

  private static void namespace(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    if (spec.path("finalizers").isEmpty()) {
      spec.putArray("finalizers").add("kubernetes");
    }
    object.putObject("status").put("phase", "Active");
    object
        .withObject("/metadata")
        .withObject("/labels")
        .put("kubernetes.io/metadata.name", JsonTrees.text(object, "metadata", "name"));
  }

  /** Binds the claim at once, because the laptop has one kind of storage. */
  private static void boundClaim(ObjectNode object) {
    ObjectNode status = object.putObject("status").put("phase", "Bound");
    JsonNode spec = object.path("spec");
    status.set("accessModes", spec.path("accessModes").deepCopy());
    status.set("capacity", JsonTrees.shallow(JsonTrees.at(spec, "resources", "requests")));
    if (!spec.has("volumeName")) {
      object
          .withObject("/spec")
          .put("volumeName", "pvc-" + JsonTrees.text(object, "metadata", "uid"));
    }
  }

  private static void secret(ObjectNode object) {
    if (!object.hasNonNull("type")) {
      object.put("type", "Opaque");
    }
    JsonNode plain = object.remove("stringData");
    if (plain == null || plain.isEmpty()) {
      return;
    }
    ObjectNode data = JsonTrees.shallow(object.path("data"));
    plain
        .properties()
        .forEach(entry ->
            data.put(
                entry.getKey(),
                Base64.getEncoder()
                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    object.set("data", data);
  }

  private static void service(ObjectNode object) {
    spec(object, "type", "ClusterIP");
    spec(object, "sessionAffinity", "None");
    spec(object, "internalTrafficPolicy", "Cluster");
    ObjectNode spec = (ObjectNode) object.path("spec");
    if (!spec.hasNonNull("clusterIP") && !JsonTrees.text(spec, "type").equals("ExternalName")) {
      spec.put("clusterIP", clusterIp(object));
    }
    if (!spec.has("clusterIPs") && spec.hasNonNull("clusterIP")) {
      spec.putArray("clusterIPs").add(JsonTrees.text(spec, "clusterIP"));
    }
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
      spec.put("ipFamilyPolicy", "SingleStack");
    }
    for (JsonNode port : spec.path("ports")) {
      if (port instanceof ObjectNode fields) {
        putIfAbsent(fields, "protocol", "TCP");
        if (!fields.has("targetPort")) {
          fields.set("targetPort", fields.path("port"));
        }
      }
    }
  }

  /** An address in 10.96.0.0/12, derived from the uid of the service. */
  private static String clusterIp(ObjectNode object) {
    int hash = JsonTrees.text(object, "metadata", "uid").hashCode();
    return String.join(
        ".",
        List.of(
            "10",
            Integer.toString(96 + ((hash >>> 16) & 0xf)),
            Integer.toString((hash >>> 8) & 0xff),
            Integer.toString(1 + (hash & 0x7f))));
  }

  private static void spec(ObjectNode object, String field, String value) {
    if (!object.has("spec")) {
      object.putObject("spec");
    }
    putIfAbsent((ObjectNode) object.path("spec"), field, value);
  }

  static void putIfAbsent(ObjectNode object, String field, String value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}
