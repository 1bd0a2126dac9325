package io.firesteel.event;

/** Why a job waits. */
public enum WaitingReason {
  /** The tenant uses all the slots of its {@code maxConcurrency}. */
  TENANT_LIMIT,
  /** The cohort uses all its slots, or other tenants of it come first. */
  COHORT_LIMIT,
  /** The tenant is suspended. */
  SUSPENDED,
  /** Nobody has defined the tenant's limits yet. */
  TENANT_UNKNOWN,
  /** Jobs it depends on have not ended. */
  DEPENDENCY,
  /** It asked for a later start. */
  NOT_BEFORE,
  /** An attempt failed and the next one waits a while. */
  BACKOFF
}
