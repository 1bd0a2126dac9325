package io.firesteel.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** What the worker may do in a cluster with everything that {@code k8s/base} grants it. */
public final class WorkerPermissions {

  private WorkerPermissions() {}

  /** As {@code verb group resource}, the words of a Role. */
  public static Set<String> ofTheWorker() {
    Set<String> rights = new TreeSet<>();
    for (JsonNode role : Manifests.of("base").ofKind("ClusterRole")) {
      for (JsonNode rule : role.path("rules")) {
        for (String group : Manifests.texts(rule.path("apiGroups"))) {
          for (String resource : Manifests.texts(rule.path("resources"))) {
            Manifests.texts(rule.path("verbs"))
                .forEach(verb -> rights.add("%s %s %s".formatted(verb, group, resource)));
          }
        }
      }
    }
    return rights;
  }
}
