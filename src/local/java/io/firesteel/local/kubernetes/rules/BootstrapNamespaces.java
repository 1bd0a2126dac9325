package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The namespaces of a new cluster. */
public final class BootstrapNamespaces {
  private static final WriteOptions AS_SERVER = WriteOptions.by("system:apiserver");

  private BootstrapNamespaces() {}

  public static void create(Registry registry, List<String> namespaces) {
    Set<String> names = new LinkedHashSet<>(List.of("default", "kube-system"));
    names.addAll(namespaces);
    for (String name : names) {
      registry.create(ResourceKinds.NAMESPACES, "", named(name), AS_SERVER);
    }
  }

  public static ObjectNode named(String name) {
    ObjectNode object = JsonTrees.object();
    object.putObject("metadata").put("name", name);
    return object;
  }
}
