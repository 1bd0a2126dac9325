package io.firesteel.admission.core;

import io.firesteel.admission.state.TenantState;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a decision wants done, in this order. */
public sealed interface AdmissionOutput {

  /** The driver that should exist for a job; null for none. */
  record SetDesiredDriver(JobKey job, @Nullable DesiredDriver driver) implements AdmissionOutput {}

  /** An event for everybody; {@code Ended} is the job's one result as well. */
  record PublishJobEvent(PublishedJobEvent event) implements AdmissionOutput {}

  /** An event about a tenant, for everybody. */
  record PublishTenantEvent(PublishedTenantEvent event) implements AdmissionOutput {}

  /** The latest state of a job; null once it is forgotten. */
  record UpdateStatus(JobKey job, @Nullable JobStatus status) implements AdmissionOutput {}

  /**
   * A job changed its phase; for metrics and log.
   *
   * @param traceparent of the request
   */
  record PhaseChanged(
      JobKey job,
      int attempt,
      JobPhase from,
      JobPhase to,
      Duration inPhase,
      @Nullable Failure failure,
      @Nullable String traceparent)
      implements AdmissionOutput {}

  /**
   * How busy a tenant is now; for metrics.
   *
   * @param used slots taken
   * @param waiting jobs without a slot
   */
  record TenantLoad(String tenant, String cohort, int used, int waiting, int maxConcurrency)
      implements AdmissionOutput {

    public static TenantLoad of(TenantState tenantState) {
      return new TenantLoad(
          tenantState.name(),
          tenantState.cohort(),
          tenantState.used(),
          tenantState.waiting(),
          tenantState.maxConcurrency());
    }
  }
}
