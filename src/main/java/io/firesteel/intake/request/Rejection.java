package io.firesteel.intake.request;

import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.FailureReason;
import io.firesteel.json.ValidationError;
import java.util.List;
import java.util.stream.Collectors;

/** Why a message is not acted on, for programs and for people. */
public record Rejection(FailureReason reason, String message) {

  private static final int MAX_SHOWN = 20;
  private static final int LONGEST = 4096;

  public Rejection {
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }

  /** All mistakes in one sentence each, the first twenty of them. */
  public static Rejection of(FailureReason code, List<ValidationError> errors) {
    String text =
        errors.stream()
            .limit(MAX_SHOWN)
            .map(ValidationError::toString)
            .collect(Collectors.joining("; "));
    int more = errors.size() - MAX_SHOWN;
    return new Rejection(code, more > 0 ? text + "; and " + more + " more" : text);
  }

  /** The same as a failed job tells it. */
  public Failure failure() {
    return Failure.of(FailureCategory.REQUEST, reason.text(), message);
  }
}
