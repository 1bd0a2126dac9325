package io.firesteel.local.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;

/**
 * The part of OpenAPI v3 that {@code kubectl create} and {@code apply} read: the kinds, and that
 * the server validates fields. No schemas.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";

  private OpenApi() {}

  static ObjectNode answer(String path) {
    if (path.equals(ROOT)) {
      return index();
    }
    for (var group : ResourceKinds.groups().entrySet()) {
      if (path.equals(ROOT + "/" + Discovery.root(group.getKey(), group.getValue()))) {
        return document(group.getKey(), group.getValue());
      }
    }
    throw ApiException.pathNotFound();
  }

  private static ObjectNode index() {
    ObjectNode index = JsonTrees.object();
    ObjectNode paths = index.putObject("paths");
    ResourceKinds.groups()
        .forEach((group, version) -> {
          String root = Discovery.root(group, version);
          paths.putObject(root).put("serverRelativeURL", ROOT + "/" + root + "?hash=1");
        });
    return index;
  }

  private static ObjectNode document(String group, String version) {
    ObjectNode document = JsonTrees.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Firesteel laptop").put("version", "v1.32.4");
    ObjectNode paths = document.putObject("paths");
    ResourceKinds.all().stream()
        .filter(kind -> kind.group().equals(group))
        .forEach(kind -> kind(paths, kind, Discovery.root(group, version)));
    document.putObject("components").putObject("schemas");
    return document;
  }

  private static void kind(ObjectNode paths, ResourceKind kind, String root) {
    String scope = kind.namespaced() ? "/namespaces/{namespace}" : "";
    ObjectNode path = paths.putObject("/" + root + scope + "/" + kind.plural() + "/{name}");
    operation(path, "patch", kind);
    ObjectNode all = paths.putObject("/" + root + scope + "/" + kind.plural());
    operation(all, "post", kind);
  }

  private static void operation(ObjectNode path, String method, ResourceKind kind) {
    ObjectNode operation = path.putObject(method);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
    ArrayNode parameters = operation.putArray("parameters");
    for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
      ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
      parameter.putObject("schema").put("type", "string");
    }
    operation.putObject("responses").putObject("200").put("description", "OK");
  }
}
