package io.firesteel.admission.core;

import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the caller must do after a decision. */
public sealed interface AdmissionOutput {

  /** The desired driver of a job; null for none. */
  record SetDesiredDriver(JobKey job, @Nullable DesiredDriver driver) implements AdmissionOutput {}

  /** A job event to publish; a {@code JobEnded} is also the job's one result. */
  record PublishJobEvent(PublishedJobEvent event) implements AdmissionOutput {}

  /** A tenant event to publish. */
  record PublishTenantEvent(PublishedTenantEvent event) implements AdmissionOutput {}

  /** The latest state of a job; null when it is forgotten. */
  record UpdateStatus(JobKey job, @Nullable JobStatus status) implements AdmissionOutput {}

  /** A message to write to the inbox, with the cohort as the key. */
  record SendToCohort(String cohort, InboxMessage message) implements AdmissionOutput {}

  /** The cohort of a tenant that was defined or removed, or has moved. */
  record UpdateTenantHome(String tenant, TenantHome home) implements AdmissionOutput {}

  /** The tenant's jobs are in another cohort now; for metrics. */
  record TenantLeft(String tenant) implements AdmissionOutput {}

  /**
   * A job changed its phase; for metrics and the log.
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
      implements AdmissionOutput {

    static PhaseChanged of(@Nullable TrackedJob before, TrackedJob after, Instant now) {
      return new PhaseChanged(
          after.key(),
          after.attempt(),
          before == null ? JobPhase.UNKNOWN : before.state().phase(),
          after.state().phase(),
          before == null ? Duration.ZERO : Duration.between(before.since(), now),
          StatusMapper.failure(after.state()),
          after.head().traceparent());
    }
  }

  /**
   * The load of a tenant; for metrics.
   *
   * @param used slots in use
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
