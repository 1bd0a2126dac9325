package io.firesteel.cluster.api;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a Role must grant for a call to the API server.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural name, with a subresource after a slash; else the path of the request
 */
record RequestInfo(String verb, String group, String resource) {

  /** Follows the API server's RequestInfoResolver. */
  static RequestInfo of(String method, URI address) {
    List<String> path = new ArrayList<>(List.of(address.getPath().split("/")));
    path.removeIf(String::isEmpty);
    String group = "";
    if (path.size() > 2 && path.getFirst().equals("api")) {
      path.subList(0, 2).clear();
    } else if (path.size() > 3 && path.getFirst().equals("apis")) {
      group = path.get(1);
      path.subList(0, 3).clear();
    } else {
      return new RequestInfo(method.toLowerCase(Locale.ROOT), "", address.getPath());
    }
    if (path.size() > 2 && path.getFirst().equals("namespaces")) {
      path.subList(0, 2).clear();
    }
    String resource = path.getFirst() + (path.size() > 2 ? "/" + path.get(2) : "");
    return new RequestInfo(verb(method, path.size() > 1, address.getQuery()), group, resource);
  }

  private static String verb(String method, boolean named, @Nullable String query) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> {
        boolean watch = query != null && query.contains("watch=true");
        yield watch ? "watch" : named ? "get" : "list";
      }
    };
  }
}
