package io.firesteel.event;

/**
 * The CloudEvents types of published events. An incompatible change gets a new version, which is
 * published beside the old one for a while.
 */
final class PublishedEventType {

  private PublishedEventType() {}

  /** The type of an event. */
  static String of(JobEvent event) {
    return switch (event) {
      case JobEvent.JobAccepted _ -> "io.firesteel.job.accepted.v1";
      case JobEvent.JobWarning _ -> "io.firesteel.job.warning.v1";
      case JobEvent.JobDuplicate _ -> "io.firesteel.job.duplicate.v1";
      case JobEvent.JobWaiting _ -> "io.firesteel.job.waiting.v1";
      case JobEvent.JobAdmitted _ -> "io.firesteel.job.admitted.v1";
      case JobEvent.DriverSubmitted _ -> "io.firesteel.driver.submitted.v1";
      case JobEvent.DriverPending _ -> "io.firesteel.driver.pending.v1";
      case JobEvent.DriverScheduled _ -> "io.firesteel.driver.scheduled.v1";
      case JobEvent.DriverStarted _ -> "io.firesteel.driver.started.v1";
      case JobEvent.DriverReady _ -> "io.firesteel.driver.ready.v1";
      case JobEvent.ExecutorsChanged _ -> "io.firesteel.executors.changed.v1";
      case JobEvent.AttemptSucceeded _ -> "io.firesteel.attempt.succeeded.v1";
      case JobEvent.AttemptFailed _ -> "io.firesteel.attempt.failed.v1";
      case JobEvent.JobRetrying _ -> "io.firesteel.job.retrying.v1";
      case JobEvent.JobCancelling _ -> "io.firesteel.job.cancelling.v1";
      case JobEvent.JobDeadlinePassed _ -> "io.firesteel.job.deadline-passed.v1";
      case JobEvent.JobPriorityChanged _ -> "io.firesteel.job.priority-changed.v1";
      case JobEvent.JobUnchanged _ -> "io.firesteel.job.unchanged.v1";
      case JobEvent.JobEnded(var result) -> of(result.outcome());
    };
  }

  /** The type of an event about a tenant. */
  static String of(TenantEvent event) {
    return switch (event) {
      case TenantEvent.Suspended _ -> "io.firesteel.tenant.suspended.v1";
      case TenantEvent.Resumed _ -> "io.firesteel.tenant.resumed.v1";
      case TenantEvent.Removed _ -> "io.firesteel.tenant.removed.v1";
      case TenantEvent.JobUnknown _ -> "io.firesteel.tenant.job-unknown.v1";
    };
  }

  private static String of(Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> "io.firesteel.job.succeeded.v1";
      case FAILED -> "io.firesteel.job.failed.v1";
      case CANCELLED -> "io.firesteel.job.cancelled.v1";
      case REFUSED -> "io.firesteel.job.refused.v1";
      case EXPIRED -> "io.firesteel.job.expired.v1";
    };
  }
}
