package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * How to delete an object. Dependents are always deleted in the background.
 *
 * @param graceSeconds null for the object's own grace period
 * @param uid null, or the only uid that may be deleted
 * @param resourceVersion null, or the only version that may be deleted
 */
public record DeleteOptions(
    @Nullable Long graceSeconds, @Nullable String uid, @Nullable String resourceVersion) {

  public static final DeleteOptions NOW = new DeleteOptions(0L, null, null);
  public static final DeleteOptions DEFAULT = new DeleteOptions(null, null, null);

  public DeleteOptions onlyUid(String onlyUid) {
    return new DeleteOptions(graceSeconds, onlyUid, resourceVersion);
  }

  /** Reads the body of a delete; the query parameters win where both are given. */
  public static DeleteOptions read(
      JsonNode body, @Nullable String graceParameter, @Nullable String propagationParameter) {
    requireBackground(body, propagationParameter);
    JsonNode conditions = body.path("preconditions");
    return new DeleteOptions(
        grace(body, graceParameter),
        textOrNull(conditions, "uid"),
        textOrNull(conditions, "resourceVersion"));
  }

  private static @Nullable Long grace(JsonNode body, @Nullable String parameter) {
    if (parameter != null) {
      try {
        return Long.valueOf(parameter);
      } catch (NumberFormatException e) {
        throw ApiException.badRequest("gracePeriodSeconds is not a number: " + parameter);
      }
    }
    return body.path("gracePeriodSeconds").isNumber()
        ? (Long) body.path("gracePeriodSeconds").asLong()
        : null;
  }

  private static void requireBackground(JsonNode body, @Nullable String parameter) {
    String policy = parameter != null ? parameter : body.path("propagationPolicy").asText("");
    boolean orphan = body.path("orphanDependents").asBoolean(false);
    if (orphan || !(policy.isEmpty() || policy.equals("Background"))) {
      throw ApiException.badRequest(
          "propagationPolicy: Unsupported value: \"%s\": supported values: \"Background\""
              .formatted(orphan ? "Orphan" : policy));
    }
  }

  private static @Nullable String textOrNull(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.path(field).asText() : null;
  }
}
