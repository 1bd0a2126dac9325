package io.firesteel.rest.access;

/** What a caller may do for a tenant; each role includes those before it. */
public enum Role {
  /** Read jobs, events, logs, templates and the tenant's status. */
  VIEWER,
  /** Submit, cancel and re-run jobs, and change their priority. */
  SUBMITTER,
  /** Suspend and resume the tenant; for all tenants, read and redrive dead letters. */
  OPERATOR
}
