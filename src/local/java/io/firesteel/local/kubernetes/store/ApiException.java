package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that the API rejects, with the code, reason and message of the real server, because
 * clients depend on all three. Nothing has changed when it is thrown. It is an exception because
 * every layer between the rule and the response would only pass a return value on.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final @Nullable transient ObjectNode details;

  private ApiException(int code, String reason, String message, @Nullable ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The error of one field, for a 422. */
  public record Cause(String field, String reason, String message) {
    public static Cause invalid(String field, String value, String why) {
      return new Cause(field, "FieldValueInvalid", "Invalid value: \"" + value + "\": " + why);
    }

    public static Cause required(String field, String why) {
      return new Cause(
          field, "FieldValueRequired", why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    public static Cause forbidden(String field, String why) {
      return new Cause(field, "FieldValueForbidden", "Forbidden: " + why);
    }
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The machine-readable reason, for example {@code AlreadyExists}. */
  public String reason() {
    return reason;
  }

  /** The body: a {@code Status} object. */
  public ObjectNode status() {
    ObjectNode status = JsonTrees.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, null);
  }

  public static ApiException forbidden(ObjectKey key, String why) {
    String message =
        "%s \"%s\" is forbidden: %s".formatted(key.kind().groupResource(), key.name(), why);
    return new ApiException(403, "Forbidden", message, details(key.kind(), key.name()));
  }

  public static ApiException namespaceTerminating(ObjectKey key) {
    ApiException failure =
        forbidden(
            key,
            "unable to create new content in namespace %s because it is being terminated"
                .formatted(key.namespace()));
    if (failure.details != null) {
      ObjectNode cause = failure.details.putArray("causes").addObject();
      cause.put("reason", "NamespaceTerminating").put("field", "metadata.namespace");
      cause.put("message", "namespace %s is being terminated".formatted(key.namespace()));
    }
    return failure;
  }

  public static ApiException notFound(ResourceKind kind, String name) {
    String message = "%s \"%s\" not found".formatted(kind.groupResource(), name);
    return new ApiException(404, "NotFound", message, details(kind, name));
  }

  public static ApiException pathNotFound() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", null);
  }

  public static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        null);
  }

  public static ApiException notAcceptable(String asked) {
    return new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json; asked for: " + asked,
        null);
  }

  public static ApiException alreadyExists(ObjectKey key) {
    String message = "%s \"%s\" already exists".formatted(key.kind().groupResource(), key.name());
    return new ApiException(409, "AlreadyExists", message, details(key.kind(), key.name()));
  }

  public static ApiException conflict(ObjectKey key, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(key.kind().groupResource(), key.name(), why);
    return new ApiException(409, "Conflict", message, details(key.kind(), key.name()));
  }

  public static ApiException staleVersion(ObjectKey key) {
    return conflict(
        key,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** A server-side apply of fields that other managers own. */
  public static ApiException fieldManagerConflict(List<Cause> causes) {
    ObjectNode details = JsonTrees.object();
    addCauses(details, causes);
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: "
                + causes.getFirst().message()
                + ": "
                + causes.getFirst().field()
            : "Apply failed with %d conflicts: %s"
                .formatted(
                    causes.size(),
                    String.join(
                        ", ", causes.stream().map(c -> c.message() + ": " + c.field()).toList()));
    return new ApiException(409, "Conflict", message, details);
  }

  public static ApiException expired(String message) {
    return new ApiException(410, "Expired", message, null);
  }

  public static ApiException resourceVersionTooLarge(long wanted, long current) {
    ObjectNode details = JsonTrees.object();
    details.put("retryAfterSeconds", 1);
    addCauses(
        details, List.of(new Cause("", "ResourceVersionTooLarge", "Too large resource version")));
    return new ApiException(
        504,
        "Timeout",
        "Too large resource version: %d, current: %d".formatted(wanted, current),
        details);
  }

  public static ApiException tooLarge() {
    return new ApiException(
        413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728", null);
  }

  public static ApiException unsupportedMediaType(String type, String accepted) {
    String message =
        "the body of the request was in an unknown format (%s) - accepted media types include: %s"
            .formatted(type, accepted);
    return new ApiException(415, "UnsupportedMediaType", message, null);
  }

  public static ApiException invalid(ObjectKey key, List<Cause> causes) {
    List<String> texts = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    String text = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    String kind = key.kind().kind();
    String message =
        "%s%s \"%s\" is invalid: %s"
            .formatted(
                kind,
                key.kind().group().isEmpty() ? "" : "." + key.kind().group(),
                key.name(),
                text);
    ObjectNode details = JsonTrees.object();
    details.put("name", key.name());
    if (!key.kind().group().isEmpty()) {
      details.put("group", key.kind().group());
    }
    details.put("kind", kind);
    addCauses(details, causes);
    return new ApiException(422, "Invalid", message, details);
  }

  public static ApiException unprocessable(String message) {
    return new ApiException(422, "Invalid", message, null);
  }

  public static ApiException internal(String message) {
    return new ApiException(500, "InternalError", "Internal error occurred: " + message, null);
  }

  private static ObjectNode details(ResourceKind kind, String name) {
    ObjectNode details = JsonTrees.object();
    details.put("name", name);
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    return details.put("kind", kind.plural());
  }

  private static void addCauses(ObjectNode details, List<Cause> causes) {
    for (Cause cause : causes) {
      details
          .withArray("causes")
          .addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
  }
}
