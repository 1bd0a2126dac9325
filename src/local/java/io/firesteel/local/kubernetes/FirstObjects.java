package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a new cluster holds: its namespaces. */
final class FirstObjects {
  private static final WriteOptions AS_SERVER = WriteOptions.by("system:apiserver");

  private FirstObjects() {}

  static void create(Registry registry, List<String> namespaces) {
    Set<String> names = new LinkedHashSet<>(List.of("default", "kube-system"));
    names.addAll(namespaces);
    for (String name : names) {
      registry.create(ResourceKinds.NAMESPACES, "", named(name), AS_SERVER);
    }
  }

  static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }
}
