package io.firesteel.event;

/** What a control event asks of a job. */
public enum ControlType {
  /** Its end. */
  CANCEL,
  /** Another place in its tenant's queue. */
  PRIORITY
}
