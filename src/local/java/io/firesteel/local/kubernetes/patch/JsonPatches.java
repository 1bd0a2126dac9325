package io.firesteel.local.kubernetes.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.firesteel.local.kubernetes.store.ApiException;

/** JSON patch, RFC 6902, with the server's errors. Pure. */
public final class JsonPatches {
  private JsonPatches() {}

  public static ObjectNode apply(ObjectNode original, JsonNode patch) {
    for (JsonNode operation : operations(patch)) {
      if (!operation.path("op").isTextual()
          || !pointer(operation.path("path"))
          || (operation.has("from") && !pointer(operation.path("from")))) {
        throw ApiException.badRequest(
            "each operation of a JSON patch has an op and a path that begins with '/'");
      }
    }
    try {
      return object(JsonPatch.apply(patch, original));
    } catch (JsonPatchException | IllegalArgumentException e) {
      throw ApiException.unprocessable(
          "the server rejected our request due to an error in our request: " + e.getMessage());
    }
  }

  private static boolean pointer(JsonNode path) {
    return path.isTextual() && (path.asText().isEmpty() || path.asText().startsWith("/"));
  }

  private static JsonNode operations(JsonNode patch) {
    if (!patch.isArray()) {
      throw ApiException.badRequest("a JSON patch is an array of operations");
    }
    return patch;
  }

  private static ObjectNode object(JsonNode patched) {
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.unprocessable("the patch leaves no object behind");
  }
}
