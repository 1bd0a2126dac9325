package io.firesteel.event;

/** What a control event asks of a job. */
public enum ControlType {
  /** Cancel it. */
  CANCEL,
  /** Change its priority. */
  PRIORITY
}
