package io.firesteel.admission;

import io.firesteel.admission.state.CohortState;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.NewestVersion;
import io.firesteel.admission.state.RequestSummary;
import io.firesteel.admission.state.StopReason;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.ControlType;
import io.firesteel.event.DriverPod;
import io.firesteel.event.EventData;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobPhase;
import io.firesteel.event.JobResult;
import io.firesteel.event.JobStatus;
import io.firesteel.event.Links;
import io.firesteel.event.Outcome;
import io.firesteel.event.TenantEvent;
import io.firesteel.event.TenantStatus;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingReason;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.inbox.Outputs;
import io.firesteel.inbox.TenantHome;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import io.firesteel.job.Placement;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.Requester;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TemplateUse;
import io.firesteel.job.TenantLimits;
import io.firesteel.job.Warning;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Registers what Jackson needs in a native image: the types of stored and of published records. */
@RegisterForReflection(
    targets = {
      CohortState.class,
      JobMetadata.class,
      JobState.class,
      NewestVersion.class,
      StopReason.class,
      TenantState.class,
      TenantState.Departure.class,
      TrackedJob.class,
      DriverPod.class,
      EventData.class,
      JobEvent.class,
      JobResult.class,
      JobStatus.class,
      TenantStatus.class,
      TenantEvent.class,
      Links.class,
      Timeline.class,
      WaitingStatus.class,
      InboxMessage.class,
      Observation.class,
      TenantHome.class,
      Attempt.class,
      Deadlines.class,
      Dependency.class,
      DesiredDriver.class,
      ExecutorPod.class,
      ExecutorPod.State.class,
      Failure.class,
      Job.class,
      JobKey.class,
      ObjectVersion.class,
      Origin.class,
      Outputs.class,
      Placement.class,
      RecordPosition.class,
      Requester.class,
      RequestSummary.class,
      RetryPolicy.class,
      TemplateUse.class,
      TenantLimits.class,
      Warning.class,
      ControlType.class,
      FailureReason.class,
      FailureCategory.class,
      JobPhase.class,
      Outcome.class,
      WaitingReason.class
    })
final class NativeReflection {

  private NativeReflection() {}
}
