package io.firesteel.local.kubernetes.http.request;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path of objects: {@code /api/v1/namespaces/<namespace>/<plural>/<name>/<subresource>} and its
 * prefixes; missing parts are empty. The {@code bindings} of a namespace are accepted too; there,
 * only the body names the pod.
 */
public record ResourcePath(ResourceKind kind, String namespace, String name, String subresource) {
  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  public static Optional<ResourcePath> parse(String path) {
    List<String> parts =
        Arrays.stream(path.substring(1).split("/", -1)).map(ResourcePath::decoded).toList();
    if (parts.size() >= 3 && parts.getFirst().equals("api")) {
      return parse("", parts.get(1), parts.subList(2, parts.size()));
    }
    if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
      return parse(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
    }
    return Optional.empty();
  }

  public ObjectKey key() {
    return new ObjectKey(kind, namespace, name);
  }

  private static Optional<ResourcePath> parse(String group, String version, List<String> parts) {
    boolean inNamespace =
        parts.size() >= 3
            && parts.getFirst().equals("namespaces")
            && !NAMESPACE_SUBRESOURCES.contains(parts.get(2));
    String namespace = inNamespace ? parts.get(1) : "";
    List<String> rest = inNamespace ? parts.subList(2, parts.size()) : parts;
    if (rest.size() > 3 || rest.contains("")) {
      return Optional.empty();
    }
    if (inNamespace && rest.equals(List.of("bindings"))) {
      return Optional.of(new ResourcePath(ResourceKinds.PODS, namespace, "", "binding"));
    }
    return ResourceKinds.find(group, version, rest.getFirst())
        .filter(kind -> kind.namespaced() || !inNamespace)
        .map(kind ->
            new ResourcePath(
                kind,
                namespace,
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : ""));
  }

  private static String decoded(String part) {
    try {
      return part.indexOf('%') < 0 ? part : URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("the path contains an invalid escape: " + part);
    }
  }
}
