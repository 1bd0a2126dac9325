package io.firesteel.admission.core;

import io.firesteel.inbox.InboxMessage;

/** What admission decides on. */
public sealed interface AdmissionInput {

  /** A message of the inbox; {@code cohort} is the key of its record. */
  record MessageArrived(String cohort, InboxMessage message) implements AdmissionInput {}

  /**
   * Time passed. Handles at most {@code limit} jobs whose timers are due, and cancels at most as
   * many jobs of removed tenants.
   */
  record Tick(int limit) implements AdmissionInput {}
}
