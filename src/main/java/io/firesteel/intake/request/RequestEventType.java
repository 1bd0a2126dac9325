package io.firesteel.intake.request;

import io.firesteel.json.Printable;
import io.firesteel.json.Suggestions;
import java.util.Arrays;
import java.util.Optional;

/** The types of events that Firesteel handles. */
public enum RequestEventType {
  /** Run a job. */
  JOB_REQUEST("io.firesteel.job.request.v1"),
  /** End a job in any phase. */
  JOB_CANCEL("io.firesteel.job.cancel.v1"),
  /** Change a waiting job's place in its tenant's queue. */
  JOB_PRIORITY("io.firesteel.job.priority.v1"),
  /** Stop admitting a tenant's jobs. */
  TENANT_SUSPEND("io.firesteel.tenant.suspend.v1"),
  /** Admit the tenant's jobs again. */
  TENANT_RESUME("io.firesteel.tenant.resume.v1"),
  /** Create or change a schedule. */
  SCHEDULE_APPLY("io.firesteel.schedule.apply.v1"),
  /** Delete a schedule; its jobs continue. */
  SCHEDULE_DELETE("io.firesteel.schedule.delete.v1"),
  /** Stop a schedule's runs. */
  SCHEDULE_SUSPEND("io.firesteel.schedule.suspend.v1"),
  /** Continue a schedule. */
  SCHEDULE_RESUME("io.firesteel.schedule.resume.v1"),
  /** Run a schedule's job now. */
  SCHEDULE_RUN("io.firesteel.schedule.run.v1"),
  /** Run a workflow. */
  WORKFLOW_REQUEST("io.firesteel.workflow.request.v1"),
  /** Stop a workflow and its jobs. */
  WORKFLOW_CANCEL("io.firesteel.workflow.cancel.v1"),
  /** Run what a workflow left undone, as another workflow. */
  WORKFLOW_RETRY("io.firesteel.workflow.retry.v1");

  private final String value;

  RequestEventType(String value) {
    this.value = value;
  }

  /** CloudEvents' {@code type}. */
  public String value() {
    return value;
  }

  public static Optional<RequestEventType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.value.equals(text)).findFirst();
  }

  /** The error for a type that is not supported. */
  public static String unknownTypeMessage(String text) {
    var supported = Arrays.stream(values()).map(RequestEventType::value).toList();
    String hint =
        Suggestions.closestTo(text, supported)
            .map(near -> "did you mean " + near + "?")
            .orElse("supported are " + String.join(", ", supported));
    return "event type " + Printable.of(text, 100) + " is not supported; " + hint;
  }
}
