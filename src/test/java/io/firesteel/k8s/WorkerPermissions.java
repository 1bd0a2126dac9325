package io.firesteel.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The permissions that {@code k8s/base} grants the worker. */
public final class WorkerPermissions {

  private WorkerPermissions() {}

  /** A permission as {@code verb group resource}, in the terms of a Role. */
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
