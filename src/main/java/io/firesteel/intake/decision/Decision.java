package io.firesteel.intake.decision;

import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.request.Rejection;

/** What becomes of one message. */
public sealed interface Decision {

  /** It is passed on, keyed by cohort. */
  record Accept(String cohort, InboxMessage message) implements Decision {}

  /** Its sender is known: it gets a result with the reason, and the message is a dead letter. */
  record Reject(String cohort, InboxMessage.JobRejected message, Rejection rejection)
      implements Decision {}

  /** Nobody can be told: the message is a dead letter with the reason. */
  record DeadLetter(Rejection rejection) implements Decision {}
}
