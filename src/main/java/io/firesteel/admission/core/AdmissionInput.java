package io.firesteel.admission.core;

import io.firesteel.inbox.InboxMessage;

/** What admission reacts to. */
public sealed interface AdmissionInput {

  /** Something arrived in the inbox. */
  record MessageArrived(String cohort, InboxMessage message) implements AdmissionInput {}

  /** Time went on: what is due is done, at most {@code limit} jobs at a time. */
  record Tick(int limit) implements AdmissionInput {}
}
