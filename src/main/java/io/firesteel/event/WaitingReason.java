package io.firesteel.event;

/** Why a job waits. */
public enum WaitingReason {
  /** The tenant's {@code maxConcurrency} slots are in use. */
  TENANT_LIMIT,
  /** The cohort's slots are in use, or go to other tenants first. */
  COHORT_LIMIT,
  /** The tenant is suspended. */
  SUSPENDED,
  /** The tenant is not defined, or its definition was removed. */
  TENANT_UNKNOWN,
  /** Dependencies have not ended. */
  DEPENDENCY,
  /** The request asks for a later start. */
  NOT_BEFORE,
  /** An attempt failed; the next one waits for its backoff. */
  BACKOFF;

  /** Whether a job with this reason is in its tenant's queue and waits for nothing but a slot. */
  public boolean queued() {
    return switch (this) {
      case TENANT_LIMIT, COHORT_LIMIT, SUSPENDED, TENANT_UNKNOWN -> true;
      case DEPENDENCY, NOT_BEFORE, BACKOFF -> false;
    };
  }
}
