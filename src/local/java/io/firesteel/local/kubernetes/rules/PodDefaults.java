package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.List;

/** The defaults of a pod's spec, and its quality-of-service class. */
final class PodDefaults {
  private PodDefaults() {}

  static void apply(ObjectNode pod) {
    if (!(pod.path("spec") instanceof ObjectNode spec)) {
      return;
    }
    ObjectDefaults.putIfAbsent(spec, "restartPolicy", "Always");
    ObjectDefaults.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    ObjectDefaults.putIfAbsent(spec, "schedulerName", "default-scheduler");
    ObjectDefaults.putIfAbsent(spec, "serviceAccountName", "default");
    ObjectDefaults.putIfAbsent(spec, "serviceAccount", JsonTrees.text(spec, "serviceAccountName"));
    if (!spec.has("terminationGracePeriodSeconds")) {
      spec.put("terminationGracePeriodSeconds", 30);
    }
    if (!spec.has("securityContext")) {
      spec.putObject("securityContext");
    }
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    if (!spec.has("tolerations")) {
      tolerations(spec);
    }
    spec.path("initContainers").forEach(PodDefaults::container);
    spec.path("containers").forEach(PodDefaults::container);
    spec.path("volumes").forEach(PodDefaults::volume);
  }

  private static void tolerations(ObjectNode spec) {
    for (String state : List.of("not-ready", "unreachable")) {
      spec.withArray("tolerations")
          .addObject()
          .put("key", "node.kubernetes.io/" + state)
          .put("operator", "Exists")
          .put("effect", "NoExecute")
          .put("tolerationSeconds", 300);
    }
  }

  private static void container(JsonNode node) {
    if (!(node instanceof ObjectNode container)) {
      return;
    }
    ObjectDefaults.putIfAbsent(
        container, "imagePullPolicy", pullPolicy(JsonTrees.text(container, "image")));
    ObjectDefaults.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
    ObjectDefaults.putIfAbsent(container, "terminationMessagePolicy", "File");
    if (!container.has("resources")) {
      container.putObject("resources");
    }
    if (container.path("resources") instanceof ObjectNode resources) {
      defaultRequestsToLimits(resources);
    }
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode fields) {
        ObjectDefaults.putIfAbsent(fields, "protocol", "TCP");
      }
    }
    for (JsonNode variable : container.path("env")) {
      if (JsonTrees.at(variable, "valueFrom", "fieldRef") instanceof ObjectNode fieldRef) {
        ObjectDefaults.putIfAbsent(fieldRef, "apiVersion", "v1");
      }
    }
  }

  private static String pullPolicy(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean pinned = last.contains("@") || (last.contains(":") && !last.endsWith(":latest"));
    return pinned ? "IfNotPresent" : "Always";
  }

  private static void defaultRequestsToLimits(ObjectNode resources) {
    if (resources.path("limits").isEmpty()) {
      return;
    }
    ObjectNode requests = JsonTrees.shallow(resources.path("requests"));
    resources
        .path("limits")
        .properties()
        .forEach(limit -> {
          if (!requests.has(limit.getKey())) {
            requests.set(limit.getKey(), limit.getValue());
          }
        });
    if (!requests.equals(resources.path("requests"))) {
      resources.set("requests", requests);
    }
  }

  private static void volume(JsonNode volume) {
    for (String source : List.of("configMap", "secret", "downwardAPI", "projected")) {
      if (volume.path(source) instanceof ObjectNode fields && !fields.has("defaultMode")) {
        fields.put("defaultMode", 420);
      }
    }
  }

  static String qosClass(JsonNode spec) {
    boolean some = false;
    boolean all = true;
    for (String field : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(field)) {
        JsonNode requests = JsonTrees.at(container, "resources", "requests");
        JsonNode limits = JsonTrees.at(container, "resources", "limits");
        for (String resource : List.of("cpu", "memory")) {
          some |= requests.has(resource) || limits.has(resource);
          all &=
              limits.has(resource)
                  && requests.path(resource).asText().equals(limits.path(resource).asText());
        }
      }
    }
    return all ? "Guaranteed" : some ? "Burstable" : "BestEffort";
  }
}
