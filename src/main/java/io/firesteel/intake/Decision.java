package io.firesteel.intake;

import io.firesteel.inbox.InboxMessage;

/** What becomes of one message. */
sealed interface Decision {

  /** It is passed on, keyed by cohort. */
  record Accept(String cohort, InboxMessage message) implements Decision {}

  /** Its sender is known: it gets a result with the reason, and the message is a dead letter. */
  record Refuse(String cohort, InboxMessage.Refused answer, Reason reason) implements Decision {}

  /** Nobody can be told: the message is a dead letter with the reason. */
  record DeadLetter(Reason reason) implements Decision {}
}
