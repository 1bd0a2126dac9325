package io.firesteel.admission;

import io.firesteel.admission.AdmissionInput.Arrived;
import io.firesteel.admission.AdmissionInput.Tick;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Waiting;
import io.firesteel.event.WaitingReason;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides what becomes of jobs: the whole rule book, without Kafka and without Kubernetes. The same
 * state, input and time always give the same state and outputs. After each decision no slot is free
 * that an eligible job could use. A decision touches O(log n) records for each job that it moves.
 *
 * <p>Failure modes: an exception leaves the state half written; whoever calls must then throw the
 * state away or roll it back, as a Kafka transaction does.
 */
public final class Admission {

  private final AdmissionSettings settings;

  /** With the operator's settings. */
  public Admission(AdmissionSettings settings) {
    this.settings = settings;
  }

  /** Decides on one input; changes the state and says what is to be done. */
  public List<Output> decide(State state, AdmissionInput input, Instant now) {
    Desk desk = new Desk(state, settings, now);
    switch (input) {
      case Arrived(var cohort, var message) -> arrived(desk, cohort, message);
      case Tick(var limit) -> new Alarms(desk).run(limit);
    }
    new Releases(desk).run();
    admit(desk);
    explain(desk);
    return desk.close();
  }

  private static void arrived(Desk desk, String cohort, InboxMessage message) {
    switch (message) {
      case InboxMessage.Submitted(var job) -> new Requests(desk).submitted(job);
      case InboxMessage.Refused refused -> new Requests(desk).refused(refused, cohort);
      case InboxMessage.CancelRequested cancel -> new Orders(desk).cancelled(cancel, cohort);
      case InboxMessage.PriorityChanged changed -> new Orders(desk).prioritised(changed, cohort);
      case InboxMessage.TenantDefined(var limits) -> new Orders(desk).defined(limits);
      case InboxMessage.TenantRemoved(var tenant) -> new Orders(desk).removed(tenant, cohort);
      case InboxMessage.TenantSuspended(var tenant, var origin) ->
          new Orders(desk).suspended(tenant, cohort, origin);
      case InboxMessage.TenantResumed(var tenant, var origin) ->
          new Orders(desk).resumed(tenant, cohort, origin);
      case InboxMessage.Observed(var seen) -> new Observations(desk).observed(seen);
    }
  }

  private static void admit(Desk desk) {
    for (String cohort : List.copyOf(desk.slots.touchedCohorts())) {
      for (String tenant = desk.slots.next(cohort);
          tenant != null;
          tenant = desk.slots.next(cohort)) {
        admit(desk, Objects.requireNonNull(desk.queue.first(tenant)));
      }
    }
  }

  private static void admit(Desk desk, JobKey next) {
    TrackedJob job = Objects.requireNonNull(desk.job(next));
    if (!(job.state() instanceof Queued queued)) {
      throw new IllegalStateException("a job stands in a queue and is not queued: " + next);
    }
    int attempt = job.attempt() + 1;
    desk.move(
        job,
        job.in(queued.admit(desk.now))
            .attempting(attempt)
            .timeline(job.timeline().admitted(desk.now)),
        new JobEvent.Admitted(attempt, Objects.requireNonNull(job.head().namespace())));
  }

  private static void explain(Desk desk) {
    for (JobKey key : desk.queued()) {
      TrackedJob job = desk.job(key);
      if (job != null && job.state() instanceof Queued) {
        Waiting waiting = new Waiting(reason(desk, job), desk.queue.position(job), null, List.of());
        desk.move(job, job.waiting(waiting), new JobEvent.StillWaiting(waiting));
      }
    }
  }

  private static WaitingReason reason(Desk desk, TrackedJob job) {
    Tenant tenant = desk.slots.tenant(job.key().tenant(), job.head().cohort());
    if (tenant.limits() == null || tenant.removedAt() != null) {
      return WaitingReason.TENANT_UNKNOWN;
    }
    if (tenant.suspended()) {
      return WaitingReason.SUSPENDED;
    }
    return tenant.open() ? WaitingReason.COHORT_LIMIT : WaitingReason.TENANT_LIMIT;
  }
}
