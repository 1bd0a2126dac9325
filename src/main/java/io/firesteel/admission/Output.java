package io.firesteel.admission;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.event.PublishedEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.job.JobKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a decision wants done, in this order. */
public sealed interface Output {

  /** The driver that should exist for a job; null for none. */
  record Drive(JobKey job, @Nullable DesiredDriver driver) implements Output {}

  /** An event for everybody; {@code Ended} is the job's one result as well. */
  record Publish(PublishedEvent event) implements Output {}

  /** An event about a tenant, for everybody. */
  record Announce(PublishedTenantEvent event) implements Output {}

  /** The latest state of a job; null once it is forgotten. */
  record Report(JobKey job, @Nullable JobStatus status) implements Output {}

  /**
   * A job changed its phase; for metrics and log.
   *
   * @param traceparent of the request
   */
  record Moved(
      JobKey job,
      int attempt,
      JobPhase from,
      JobPhase to,
      Duration inPhase,
      @Nullable Failure failure,
      @Nullable String traceparent)
      implements Output {}

  /**
   * How busy a tenant is now; for metrics.
   *
   * @param used slots taken
   * @param waiting jobs without a slot
   */
  record Load(String tenant, String cohort, int used, int waiting, int maxConcurrency)
      implements Output {

    static Load of(Tenant tenant) {
      return new Load(
          tenant.name(), tenant.cohort(), tenant.used(), tenant.waiting(), tenant.maxConcurrency());
    }
  }
}
