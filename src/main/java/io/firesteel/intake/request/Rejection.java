package io.firesteel.intake.request;

import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.FailureReason;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why Firesteel rejects a message.
 *
 * @param errors what is wrong, place by place; empty if the message says all
 */
public record Rejection(FailureReason reason, String message, List<ValidationError> errors) {

  private static final int MAX_SHOWN = 20;
  private static final int MAX_CHARACTERS = 4096;

  public Rejection {
    message =
        message.length() <= MAX_CHARACTERS
            ? message
            : message.substring(0, MAX_CHARACTERS - 1) + "…";
    errors = List.copyOf(errors);
  }

  /** A rejection with nothing to add to its message. */
  public Rejection(FailureReason reason, String message) {
    this(reason, message, List.of());
  }

  /** Joins the first twenty errors. */
  public static Rejection of(FailureReason reason, List<ValidationError> errors) {
    String text =
        errors.stream()
            .limit(MAX_SHOWN)
            .map(ValidationError::toString)
            .collect(Collectors.joining("; "));
    int more = errors.size() - MAX_SHOWN;
    return new Rejection(reason, more > 0 ? text + "; and " + more + " more" : text, errors);
  }

  /** The failure of the rejected job. */
  public Failure failure() {
    return Failure.of(FailureCategory.REQUEST, reason.text(), message);
  }
}
