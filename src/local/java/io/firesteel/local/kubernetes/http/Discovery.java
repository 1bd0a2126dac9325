package io.firesteel.local.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.http.request.Responses;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Health, version and API discovery. kubectl falls back to this plain form of discovery. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final Set<String> IN_ALL = Set.of("pods", "services");
  private static final Map<String, String> SUBRESOURCE_KINDS =
      Map.of("binding", "Binding", "eviction", "Eviction");

  private Discovery() {}

  static void answer(HttpServerRequest request, String path) {
    if (!request.method().equals(HttpMethod.GET)) {
      throw ApiException.pathNotFound();
    }
    switch (path) {
      case "/healthz", "/livez", "/readyz" -> Responses.text(request, "ok");
      case "/version" -> Responses.json(request, 200, version());
      case "/api" -> Responses.json(request, 200, coreVersions());
      case "/apis" -> Responses.json(request, 200, groupNames());
      default -> Responses.json(request, 200, groupDocument(path));
    }
  }

  private static ObjectNode groupDocument(String path) {
    if (path.startsWith("/openapi/v3")) {
      return OpenApi.answer(path);
    }
    for (var group : ResourceKinds.groups().entrySet()) {
      String name = group.getKey();
      if (path.equals("/" + root(name, group.getValue()))) {
        return resources(name, group.getValue());
      }
      if (!name.isEmpty() && path.equals("/apis/" + name)) {
        return group(name, group.getValue()).put("kind", "APIGroup").put("apiVersion", "v1");
      }
    }
    throw ApiException.pathNotFound();
  }

  /** For example {@code api/v1} or {@code apis/policy/v1}. */
  static String root(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  private static ObjectNode version() {
    return JsonTrees.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.4+firesteel-laptop")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "none")
        .put("compiler", "javac")
        .put("platform", "java");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = JsonTrees.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", "127.0.0.1");
    return versions;
  }

  private static ObjectNode groupNames() {
    ObjectNode list = JsonTrees.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    ResourceKinds.groups()
        .forEach((name, version) -> {
          if (!name.isEmpty()) {
            groups.add(group(name, version));
          }
        });
    return list;
  }

  private static ObjectNode group(String name, String version) {
    ObjectNode group = JsonTrees.object().put("name", name);
    ObjectNode only =
        JsonTrees.object().put("groupVersion", name + "/" + version).put("version", version);
    group.putArray("versions").add(only);
    group.set("preferredVersion", only);
    return group;
  }

  private static ObjectNode resources(String group, String version) {
    ObjectNode list = JsonTrees.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (ResourceKind kind : ResourceKinds.all()) {
      if (kind.group().equals(group)) {
        ObjectNode resource = resources.addObject();
        resource.put("name", kind.plural()).put("singularName", singular(kind));
        resource.put("namespaced", kind.namespaced()).put("kind", kind.kind());
        VERBS.forEach(resource.putArray("verbs")::add);
        addShortNames(resource, kind);
        for (String sub : kind.subresources()) {
          ObjectNode below = resources.addObject();
          below.put("name", kind.plural() + "/" + sub).put("singularName", "");
          below.put("namespaced", kind.namespaced()).put("kind", kindOf(kind, sub));
          verbs(sub).forEach(below.putArray("verbs")::add);
        }
      }
    }
    return list;
  }

  private static void addShortNames(ObjectNode resource, ResourceKind kind) {
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(resource.putArray("shortNames")::add);
    }
    if (IN_ALL.contains(kind.plural())) {
      resource.putArray("categories").add("all");
    }
  }

  private static List<String> verbs(String subresource) {
    return switch (subresource) {
      case "status" -> List.of("get", "patch", "update");
      case "log" -> List.of("get");
      default -> List.of("create");
    };
  }

  private static String kindOf(ResourceKind kind, String subresource) {
    return SUBRESOURCE_KINDS.getOrDefault(subresource, kind.kind());
  }

  private static String singular(ResourceKind kind) {
    return kind.kind().toLowerCase(Locale.ROOT);
  }
}
