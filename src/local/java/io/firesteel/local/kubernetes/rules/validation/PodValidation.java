package io.firesteel.local.kubernetes.rules.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Validation of pods: common errors of clients, and fields that must not change. */
final class PodValidation {
  private static final Set<String> RESTARTS = Set.of("Always", "OnFailure", "Never");

  private PodValidation() {}

  static void validateCreate(JsonNode pod, List<Cause> causes) {
    JsonNode spec = pod.path("spec");
    if (spec.path("containers").isEmpty()) {
      causes.add(Cause.required("spec.containers", ""));
    }
    String restart = spec.path("restartPolicy").asText();
    if (!RESTARTS.contains(restart)) {
      causes.add(
          new Cause(
              "spec.restartPolicy",
              "FieldValueNotSupported",
              "Unsupported value: \"%s\": supported values: \"Always\", \"OnFailure\", \"Never\""
                  .formatted(restart)));
    }
    Set<String> volumes = volumes(spec.path("volumes"), causes);
    Set<String> names = new HashSet<>();
    for (String field : List.of("initContainers", "containers")) {
      JsonNode containers = spec.path(field);
      for (int i = 0; i < containers.size(); i++) {
        String path = "spec." + field + "[" + i + "]";
        container(containers.path(i), path, names, causes);
        checkMounts(containers.path(i).path("volumeMounts"), path, volumes, causes);
      }
    }
  }

  private static Set<String> volumes(JsonNode volumes, List<Cause> causes) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < volumes.size(); i++) {
      checkName(
          volumes.path(i).path("name").asText(""), "spec.volumes[" + i + "].name", names, causes);
    }
    return names;
  }

  private static void container(
      JsonNode container, String path, Set<String> names, List<Cause> causes) {
    checkName(container.path("name").asText(""), path + ".name", names, causes);
    if (container.path("image").asText("").isEmpty()) {
      causes.add(Cause.required(path + ".image", ""));
    }
    JsonNode env = container.path("env");
    for (int i = 0; i < env.size(); i++) {
      if (env.path(i).path("name").asText("").isEmpty()) {
        causes.add(Cause.required(path + ".env[" + i + "].name", ""));
      }
      if (env.path(i).hasNonNull("value")
          && !env.path(i).path("value").asText().isEmpty()
          && env.path(i).has("valueFrom")) {
        causes.add(
            Cause.invalid(
                path + ".env[" + i + "].valueFrom",
                "",
                "may not be specified when `value` is not empty"));
      }
    }
    Quantities.check(container.path("resources"), path + ".resources", causes);
  }

  private static void checkMounts(
      JsonNode mounts, String path, Set<String> volumes, List<Cause> causes) {
    Set<String> places = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      String at = path + ".volumeMounts[" + i + "]";
      String name = mounts.path(i).path("name").asText("");
      if (!volumes.contains(name)) {
        causes.add(new Cause(at + ".name", "FieldValueNotFound", "Not found: \"" + name + "\""));
      }
      String place = mounts.path(i).path("mountPath").asText("");
      if (place.isEmpty()) {
        causes.add(Cause.required(at + ".mountPath", ""));
      } else if (!places.add(place)) {
        causes.add(Cause.invalid(at + ".mountPath", place, "must be unique"));
      }
    }
  }

  private static void checkName(String name, String path, Set<String> taken, List<Cause> causes) {
    if (name.isEmpty()) {
      causes.add(Cause.required(path, ""));
      return;
    }
    NameValidation.dnsLabelError(name).ifPresent(why -> causes.add(Cause.invalid(path, name, why)));
    if (!taken.add(name)) {
      causes.add(new Cause(path, "FieldValueDuplicate", "Duplicate value: \"" + name + "\""));
    }
  }

  /** Only images, additional tolerations and the active deadline of a pod may change. */
  static void validateUpdate(JsonNode old, JsonNode next, List<Cause> causes) {
    JsonNode before = old.path("spec");
    JsonNode after = next.path("spec");
    if (before.equals(after)) {
      return;
    }
    if (!comparable(before, before).equals(comparable(after, before))) {
      causes.add(
          Cause.forbidden(
              "spec",
              "pod updates may not change fields other than `spec.containers[*].image`,"
                  + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                  + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                  + " (allow it to be set to 1 if it was previously negative)"));
    }
    for (JsonNode toleration : before.path("tolerations")) {
      if (!contains(after.path("tolerations"), toleration)) {
        causes.add(
            Cause.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its tolerationSeconds"));
        return;
      }
    }
  }

  /** The spec with its changeable fields taken from the old one. */
  private static ObjectNode comparable(JsonNode spec, JsonNode old) {
    ObjectNode copy = JsonTrees.shallow(spec);
    copy.remove(List.of("activeDeadlineSeconds", "tolerations"));
    for (String field : List.of("containers", "initContainers")) {
      if (copy.has(field) && copy.path(field).size() == old.path(field).size()) {
        copy.set(field, withoutImages(copy.path(field)));
      }
    }
    if (old.path("terminationGracePeriodSeconds").asLong() < 0
        && spec.path("terminationGracePeriodSeconds").asLong() == 1) {
      copy.set("terminationGracePeriodSeconds", old.path("terminationGracePeriodSeconds"));
    }
    return copy;
  }

  private static ArrayNode withoutImages(JsonNode containers) {
    ArrayNode copies = JsonTrees.array();
    for (JsonNode container : containers) {
      ObjectNode copy = JsonTrees.shallow(container);
      copy.remove("image");
      copies.add(copy);
    }
    return copies;
  }

  private static boolean contains(JsonNode tolerations, JsonNode wanted) {
    for (JsonNode toleration : tolerations) {
      ObjectNode left = JsonTrees.shallow(toleration);
      ObjectNode right = JsonTrees.shallow(wanted);
      left.remove("tolerationSeconds");
      right.remove("tolerationSeconds");
      if (left.equals(right)) {
        return true;
      }
    }
    return false;
  }
}
