package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * How something is to be deleted.
 *
 * @param graceSeconds null leaves it to the object
 * @param uid null, or the only uid that may be deleted
 * @param resourceVersion null, or the only version that may be deleted
 */
public record DeleteOptions(
    @Nullable Long graceSeconds,
    Propagation propagation,
    @Nullable String uid,
    @Nullable String resourceVersion) {

  public static final DeleteOptions NOW = new DeleteOptions(0L, Propagation.BACKGROUND, null, null);
  public static final DeleteOptions DEFAULT =
      new DeleteOptions(null, Propagation.BACKGROUND, null, null);

  /** What happens to the objects it owns. */
  public enum Propagation {
    /** They go afterwards. */
    BACKGROUND,
    /** They go first. */
    FOREGROUND,
    /** They stay and lose their owner. */
    ORPHAN
  }

  public DeleteOptions onlyUid(String onlyUid) {
    return new DeleteOptions(graceSeconds, propagation, onlyUid, resourceVersion);
  }

  /** Reads the body of a delete; the query parameters win where both are given. */
  public static DeleteOptions read(
      JsonNode body, @Nullable String graceParameter, @Nullable String propagationParameter) {
    JsonNode conditions = body.path("preconditions");
    return new DeleteOptions(
        grace(body, graceParameter),
        propagation(body, propagationParameter),
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

  private static Propagation propagation(JsonNode body, @Nullable String parameter) {
    if (body.path("orphanDependents").asBoolean(false)) {
      return Propagation.ORPHAN;
    }
    String text = parameter != null ? parameter : body.path("propagationPolicy").asText("");
    return switch (text) {
      case "", "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw ApiException.badRequest(
              "propagationPolicy: Unsupported value: \""
                  + text
                  + "\": supported values: \"Foreground\", \"Background\", \"Orphan\"");
    };
  }

  private static @Nullable String textOrNull(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.path(field).asText() : null;
  }
}
