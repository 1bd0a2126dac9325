package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Enforces the Pod Security Standard in a namespace's label {@code
 * pod-security.kubernetes.io/enforce}: of {@code baseline}, host namespaces, host paths and
 * privileged containers; of {@code restricted}, {@code runAsNonRoot} too.
 */
final class PodSecurityAdmission {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  private final ObjectStore store;

  PodSecurityAdmission(ObjectStore store) {
    this.store = store;
  }

  void admit(ObjectKey key, JsonNode pod) {
    StoredObject namespace =
        store.get(new ObjectKey(ResourceKinds.NAMESPACES, "", key.namespace()));
    String level =
        namespace == null ? "" : JsonTrees.text(namespace.json(), "metadata", "labels", ENFORCE);
    List<String> problems = new ArrayList<>();
    if (level.equals("baseline") || level.equals("restricted")) {
      baseline(pod.path("spec"), problems);
    }
    if (level.equals("restricted")) {
      restricted(pod.path("spec"), problems);
    }
    if (!problems.isEmpty()) {
      throw ApiException.forbidden(
          key,
          "violates PodSecurity \"%s:latest\": %s".formatted(level, String.join(", ", problems)));
    }
  }

  private static void baseline(JsonNode spec, List<String> problems) {
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.path(field).asBoolean()) {
        problems.add("host namespaces (%s=true)".formatted(field));
      }
    }
    spec.path("volumes")
        .forEach(volume -> {
          if (volume.has("hostPath")) {
            problems.add(
                "hostPath volumes (volume \"%s\")".formatted(volume.path("name").asText()));
          }
        });
    containers(spec)
        .forEach(container -> {
          if (container.path("securityContext").path("privileged").asBoolean()) {
            problems.add(
                ("privileged (container \"%s\" must not set" + " securityContext.privileged=true)")
                    .formatted(container.path("name").asText()));
          }
        });
  }

  private static void restricted(JsonNode spec, List<String> problems) {
    boolean ofPod = spec.path("securityContext").path("runAsNonRoot").asBoolean();
    for (JsonNode container : containers(spec)) {
      if (!container.path("securityContext").path("runAsNonRoot").asBoolean(ofPod)) {
        problems.add(
            ("runAsNonRoot != true (pod or container \"%s\" must set"
                    + " securityContext.runAsNonRoot=true)")
                .formatted(container.path("name").asText()));
      }
    }
  }

  private static List<JsonNode> containers(JsonNode spec) {
    List<JsonNode> all = new ArrayList<>();
    spec.path("initContainers").forEach(all::add);
    spec.path("containers").forEach(all::add);
    return all;
  }
}
