package io.firesteel.admission;

import io.firesteel.admission.JobState.Driving;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.admission.JobState.Foretold;
import io.firesteel.admission.JobState.Stopping;
import io.firesteel.event.Control;
import io.firesteel.event.JobEvent;
import io.firesteel.event.TenantEvent;
import io.firesteel.event.Timeline;
import io.firesteel.inbox.InboxMessage.CancelRequested;
import io.firesteel.inbox.InboxMessage.PriorityChanged;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.TenantLimits;

/**
 * What is asked of jobs and tenants that are there. Each order is answered by an event, also when
 * it changes nothing.
 */
final class Orders {

  private final Desk desk;

  Orders(Desk desk) {
    this.desk = desk;
  }

  /** Somebody wants a job ended. */
  void cancelled(CancelRequested message, String cohort) {
    TrackedJob job = desk.job(message.key());
    Stop why = Stop.cancelled(message.reason());
    if (job == null) {
      JobHead head = JobHead.named(message.key(), 0, cohort, message.origin());
      Timeline timeline = Timeline.received(message.origin().receivedAt());
      desk.note(TrackedJob.arriving(head, timeline, desk.now).in(new Foretold(why, desk.now)));
      unknown(message.key(), cohort, message.origin(), Control.CANCEL);
      return;
    }
    String cause = message.origin().id();
    switch (job.state()) {
      case JobState.Waiting waiting ->
          desk.move(job, job.in(waiting.end(why.outcome(), why.failure(), desk.now)), cause);
      case Driving driving ->
          desk.move(
              job,
              job.in(driving.stop(why, desk.now)),
              cause,
              new JobEvent.Cancelling(job.attempt(), message.reason()));
      case Stopping _, Ended _ -> unchanged(job, message.origin(), Control.CANCEL);
      case Foretold _ -> unknown(message.key(), cohort, message.origin(), Control.CANCEL);
    }
  }

  /** A job that waits moves in its tenant's queue; for any other it is too late. */
  void prioritised(PriorityChanged message, String cohort) {
    TrackedJob job = desk.job(message.key());
    if (job == null || job.state() instanceof Foretold) {
      unknown(message.key(), cohort, message.origin(), Control.PRIORITY);
    } else if (!(job.state() instanceof JobState.Waiting)
        || job.head().priority() == message.priority()) {
      unchanged(job, message.origin(), Control.PRIORITY);
    } else {
      desk.move(
          job,
          job.head(job.head().prioritised(message.priority())),
          message.origin().id(),
          new JobEvent.PriorityChanged(job.head().priority(), message.priority()));
    }
  }

  /** A tenant's limits from now on. */
  void defined(TenantLimits limits) {
    desk.removals.end(desk.slots.tenant(limits.tenant(), limits.cohort()));
    desk.slots.define(limits);
  }

  /** Closes a tenant. */
  void suspended(String name, String cohort, Origin origin) {
    boolean changed = desk.slots.suspend(name, cohort, true);
    Tenant tenant = desk.slots.tenant(name, cohort);
    desk.announce(
        tenant,
        origin,
        new TenantEvent.Suspended(
            origin.source(), origin.id(), changed, tenant.used(), tenant.waiting()));
  }

  /** Opens it again. */
  void resumed(String name, String cohort, Origin origin) {
    Tenant before = desk.slots.tenant(name, cohort);
    boolean changed = desk.slots.suspend(name, cohort, false);
    desk.announce(
        desk.slots.tenant(name, cohort),
        origin,
        new TenantEvent.Resumed(
            origin.source(), origin.id(), changed, before.used(), before.waiting()));
  }

  /** Nobody defines a tenant any more: it admits nothing, and what waits is given some time. */
  void removed(String name, String cohort) {
    if (desk.slots.remove(name, cohort, desk.now)) {
      Tenant tenant = desk.slots.tenant(name, cohort);
      desk.removals.begin(tenant);
      desk.announce(tenant, null, new TenantEvent.Removed(tenant.used(), tenant.waiting()));
    }
  }

  private void unchanged(TrackedJob job, Origin origin, Control control) {
    desk.move(
        job,
        job,
        origin.id(),
        new JobEvent.Unchanged(control, origin.source(), origin.id(), job.state().phase()));
  }

  private void unknown(JobKey job, String cohort, Origin origin, Control control) {
    desk.announce(
        desk.slots.tenant(job.tenant(), cohort),
        origin,
        new TenantEvent.JobUnknown(
            origin.source(), origin.id(), job.id(), control, control == Control.CANCEL));
  }
}
