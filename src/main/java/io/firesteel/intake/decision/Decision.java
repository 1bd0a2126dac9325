package io.firesteel.intake.decision;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.workflow.core.WorkflowMessage;

/** The outcome of one message, or of one of its notifications. */
public sealed interface Decision {

  /** A message for the inbox. */
  record Accept(InboxMessage message) implements Decision {}

  /** A message for the schedules topic. */
  record AcceptSchedule(ScheduleMessage message) implements Decision {}

  /** A message for the workflows topic. */
  record AcceptWorkflow(WorkflowMessage message) implements Decision {}

  /** A rejection of a workflow: a result for its sender, and a dead letter. */
  record RejectWorkflow(WorkflowMessage.Refused message, Rejection rejection) implements Decision {}

  /** A rejection of a known job: a result for its sender, and a dead letter. */
  record Reject(InboxMessage.JobRejected message, Rejection rejection) implements Decision {}

  /** A rejection of a job that Firesteel asked for: a result, and no dead letter. */
  record RejectAsk(InboxMessage.JobRejected message, Rejection rejection) implements Decision {}

  /** Nothing, because the notification starts no job. */
  record Ignore(Cause cause) implements Decision {

    /** Why a notification starts no job. */
    public enum Cause {
      /** Its object passes no trigger's filter. */
      NO_TRIGGER,
      /** It is not about a new object, such as a deletion or a store's test. */
      NO_NEW_OBJECT
    }
  }

  /** A rejection without a job: only a dead letter. */
  record DeadLetter(Rejection rejection) implements Decision {}
}
