package io.firesteel.admission.core;

import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Active;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Stopping;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.ControlType;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.TenantEvent;
import io.firesteel.event.Timeline;
import io.firesteel.inbox.InboxMessage.CancelRequested;
import io.firesteel.inbox.InboxMessage.PriorityChanged;
import io.firesteel.inbox.TenantHome;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.TenantLimits;

/**
 * Handles control events, and the definitions of tenants. Every control event is answered by an
 * event, even if it changes nothing.
 */
final class ControlEvents {

  private final DecisionContext context;

  ControlEvents(DecisionContext context) {
    this.context = context;
  }

  /** Cancels a job; one that has not arrived yet is cancelled when it arrives. */
  void cancel(CancelRequested message, String cohort) {
    TrackedJob job = context.job(message.key());
    StopReason why = new StopReason(Outcome.CANCELLED, JobFailures.cancelled(message.reason()));
    if (job == null) {
      JobMetadata head = JobMetadata.ofKey(message.key(), 0, cohort, message.origin());
      Timeline timeline = Timeline.received(message.origin().receivedAt());
      context.storeUnannounced(
          TrackedJob.arriving(head, timeline, context.now)
              .withState(new Precancelled(why, context.now)));
      publishJobUnknown(message.key(), cohort, message.origin(), ControlType.CANCEL);
      return;
    }
    String cause = message.origin().id();
    switch (job.state()) {
      case Precancelled _ ->
          publishJobUnknown(message.key(), cohort, message.origin(), ControlType.CANCEL);
      case JobState _ when isOlder(message.origin(), job) ->
          publishUnchanged(job, message.origin(), ControlType.CANCEL);
      case JobState.Waiting waiting ->
          context.transition(
              job, job.withState(waiting.end(why.outcome(), why.failure(), context.now)), cause);
      case Active active ->
          context.transition(
              job,
              job.withState(active.stop(why, context.now)),
              cause,
              new JobEvent.JobCancelling(job.attempt(), message.reason()));
      case Stopping _, Ended _ -> publishUnchanged(job, message.origin(), ControlType.CANCEL);
    }
  }

  /**
   * Whether a control event was about an earlier request that was refused, and is redelivered. Of a
   * job without one, the request may have overtaken the event while its tenant moved to another
   * cohort.
   */
  private static boolean isOlder(Origin origin, TrackedJob job) {
    RecordPosition record = origin.record();
    return job.head().replacesRefused() && record != null && job.head().isRedelivered(record);
  }

  /** Changes the priority of a waiting job; for any other job it is too late. */
  void changePriority(PriorityChanged message, String cohort) {
    TrackedJob job = context.job(message.key());
    if (job == null || job.state() instanceof Precancelled) {
      publishJobUnknown(message.key(), cohort, message.origin(), ControlType.PRIORITY);
    } else if (!(job.state() instanceof JobState.Waiting)
        || job.head().priority() == message.priority()) {
      publishUnchanged(job, message.origin(), ControlType.PRIORITY);
    } else {
      context.transition(
          job,
          job.withHead(job.head().withPriority(message.priority())),
          message.origin().id(),
          new JobEvent.JobPriorityChanged(job.head().priority(), message.priority()));
    }
  }

  /** Defines a tenant or changes its limits. */
  void define(TenantLimits limits, String cohort) {
    TenantState before = context.slots.tenant(limits.tenant(), cohort);
    context.removals.remove(before);
    context.slots.define(limits, cohort);
    if (before.limits() == null || before.removedAt() != null) {
      updateHome(before, false);
    }
  }

  private void updateHome(TenantState tenant, boolean removed) {
    context.output(
        new AdmissionOutput.UpdateTenantHome(
            tenant.name(), new TenantHome(tenant.cohort(), removed)));
  }

  /** Suspends a tenant: none of its jobs is admitted. */
  void suspend(String name, String cohort, Origin origin) {
    boolean changed = context.slots.suspend(name, cohort, true, origin.record());
    TenantState tenantState = context.slots.tenant(name, cohort);
    context.publishTenantEvent(
        tenantState,
        origin,
        new TenantEvent.Suspended(
            origin.source(), origin.id(), changed, tenantState.used(), tenantState.waiting()));
  }

  /** Resumes a suspended tenant. */
  void resume(String name, String cohort, Origin origin) {
    TenantState before = context.slots.tenant(name, cohort);
    boolean changed = context.slots.suspend(name, cohort, false, origin.record());
    context.publishTenantEvent(
        context.slots.tenant(name, cohort),
        origin,
        new TenantEvent.Resumed(
            origin.source(), origin.id(), changed, before.used(), before.waiting()));
  }

  /** Removes the definition of a tenant: none of its jobs is admitted. */
  void remove(String name, String cohort) {
    if (context.slots.remove(name, cohort, context.now)) {
      TenantState tenantState = context.slots.tenant(name, cohort);
      context.removals.add(tenantState);
      updateHome(tenantState, true);
      context.publishTenantEvent(
          tenantState, null, new TenantEvent.Removed(tenantState.used(), tenantState.waiting()));
    }
  }

  private void publishUnchanged(TrackedJob job, Origin origin, ControlType controlType) {
    context.transition(
        job,
        job,
        origin.id(),
        new JobEvent.JobUnchanged(controlType, origin.source(), origin.id(), job.state().phase()));
  }

  private void publishJobUnknown(
      JobKey job, String cohort, Origin origin, ControlType controlType) {
    context.publishTenantEvent(
        context.slots.tenant(job.tenant(), cohort),
        origin,
        new TenantEvent.JobUnknown(
            origin.source(),
            origin.id(),
            job.id(),
            controlType,
            controlType == ControlType.CANCEL));
  }
}
