package io.firesteel.intake.request;

import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import java.util.Arrays;
import java.util.Optional;

/** The events that Firesteel acts on. */
public enum RequestEventType {
  /** Run a job. */
  JOB_REQUEST("io.firesteel.job.request.v1"),
  /** End a job, wherever it is. */
  JOB_CANCEL("io.firesteel.job.cancel.v1"),
  /** Move a waiting job in its tenant's queue. */
  JOB_PRIORITY("io.firesteel.job.priority.v1"),
  /** Admit nothing more of a tenant. */
  TENANT_SUSPEND("io.firesteel.tenant.suspend.v1"),
  /** Admit the tenant's jobs again. */
  TENANT_RESUME("io.firesteel.tenant.resume.v1");

  private final String value;

  RequestEventType(String text) {
    this.value = text;
  }

  /** CloudEvents' {@code type}. */
  public String value() {
    return value;
  }

  public static Optional<RequestEventType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.value.equals(text)).findFirst();
  }

  /** Tells somebody who used another type which ones there are. */
  public static String unknownTypeMessage(String text) {
    var known = Arrays.stream(values()).map(RequestEventType::value).toList();
    String shown = Printable.of(text.substring(0, Math.min(100, text.length())));
    return Suggestions.closestTo(text, known)
        .map(near -> "events of type " + shown + " are not known here; did you mean " + near + "?")
        .orElse(
            "events of type "
                + shown
                + " are not known here; known are "
                + String.join(", ", known));
  }
}
