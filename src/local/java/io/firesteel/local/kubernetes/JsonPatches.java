package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** JSON patch, RFC 6902, with the server's answers when it does not fit. Pure. */
final class JsonPatches {
  private JsonPatches() {}

  static ObjectNode apply(ObjectNode original, JsonNode patch) {
    for (JsonNode operation : operations(patch)) {
      if (!operation.path("op").isTextual()
          || !pointer(operation.path("path"))
          || (operation.has("from") && !pointer(operation.path("from")))) {
        throw ApiFailure.badRequest(
            "each operation of a JSON patch has an op and a path that begins with '/'");
      }
    }
    try {
      return object(JsonPatch.apply(patch, original));
    } catch (JsonPatchException | IllegalArgumentException e) {
      throw ApiFailure.unprocessable(
          "the server rejected our request due to an error in our request: " + e.getMessage());
    }
  }

  private static boolean pointer(JsonNode path) {
    return path.isTextual() && (path.asText().isEmpty() || path.asText().startsWith("/"));
  }

  private static JsonNode operations(JsonNode patch) {
    if (!patch.isArray()) {
      throw ApiFailure.badRequest("a JSON patch is an array of operations");
    }
    return patch;
  }

  private static ObjectNode object(JsonNode patched) {
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.unprocessable("the patch leaves no object behind");
  }
}
