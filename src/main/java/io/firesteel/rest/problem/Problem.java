package io.firesteel.rest.problem;

import io.firesteel.intake.request.Rejection;
import io.firesteel.job.FailureReason;
import io.firesteel.json.ValidationError;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call, as RFC 9457 problem details.
 *
 * @param code a {@link ProblemCode}, or the reason code of a dead letter
 * @param errors what is wrong in the body, place by place; null if the detail says all
 * @param links where else to look; null if nowhere
 */
public record Problem(
    String type,
    String title,
    int status,
    String code,
    @Nullable String detail,
    @Nullable List<FieldError> errors,
    @Nullable List<String> links) {

  /** The media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "https://firesteel.io/problems/";
  private static final int MAX_ERRORS = 50;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int UNAUTHENTICATED = 401;

  /**
   * What is wrong in one place of the body.
   *
   * @param pointer an RFC 6901 JSON pointer into the body; empty for all of it
   */
  public record FieldError(String pointer, String detail) {}

  /** A problem of which the code says all. */
  public static Problem of(ProblemCode code) {
    return of(code, null);
  }

  /** A problem with a sentence for the caller. */
  public static Problem of(ProblemCode code, @Nullable String detail) {
    return new Problem(
        TYPE + slug(code.name()), code.title(), code.status(), code.name(), detail, null, null);
  }

  /** The same problem with places where else to look. */
  public Problem withLinks(List<String> others) {
    return new Problem(type, title, status, code, detail, errors, others.isEmpty() ? null : others);
  }

  /** The problem of a request that intake would reject. */
  public static Problem of(Rejection rejection) {
    List<FieldError> errors =
        rejection.errors().stream().limit(MAX_ERRORS).map(Problem::fieldError).toList();
    FailureReason reason = rejection.reason();
    return new Problem(
        TYPE + slug(reason.name()),
        "The request is not accepted",
        status(reason),
        reason.name(),
        rejection.message(),
        errors.isEmpty() ? null : errors,
        null);
  }

  private static FieldError fieldError(ValidationError error) {
    return new FieldError(error.printablePointer(), error.message());
  }

  private static int status(FailureReason reason) {
    return switch (reason) {
      case MESSAGE_TOO_LARGE -> 413;
      case MESSAGE_EMPTY, MESSAGE_UNREADABLE -> 400;
      case TENANT_UNKNOWN -> 404;
      case BUG -> 500;
      default -> 422;
    };
  }

  private static String slug(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The response. */
  public Response response() {
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(this).header("Cache-Control", "no-store");
    if (status == TOO_MANY || status == UNAVAILABLE) {
      response.header("Retry-After", 1);
    }
    if (status == UNAUTHENTICATED) {
      response.header("WWW-Authenticate", "Bearer");
    }
    return response.build();
  }
}
