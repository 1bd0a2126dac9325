package io.firesteel.intake.decision;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Rejection;
import io.firesteel.schedule.core.ScheduleMessage;

/** The outcome of one message, or of one of its notifications. */
public sealed interface Decision {

  /** A message for the inbox. */
  record Accept(InboxMessage message) implements Decision {}

  /** A message for the schedules topic. */
  record AcceptSchedule(ScheduleMessage message) implements Decision {}

  /** A rejection of a known job: a result for its sender, and a dead letter. */
  record Reject(InboxMessage.JobRejected message, Rejection rejection) implements Decision {}

  /** A rejection of a job that Firesteel asked for: a result, and no dead letter. */
  record RejectAsk(InboxMessage.JobRejected message, Rejection rejection) implements Decision {}

  /** A rejection without a job: only a dead letter. */
  record DeadLetter(Rejection rejection) implements Decision {}
}
