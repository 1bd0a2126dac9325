package io.firesteel.event;

import io.firesteel.inbox.ExecutorPod;
import io.firesteel.job.Failure;
import io.firesteel.job.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of a job's life, with exactly the data that step has. Attempts count from 1. */
public sealed interface JobEvent {

  /**
   * The request is valid and known; the job will end in one result.
   *
   * @param cluster where its pods will run; null for the default one
   */
  record JobAccepted(
      String cohort,
      @Nullable String cluster,
      String namespace,
      int priority,
      Map<String, String> labels)
      implements JobEvent {
    public JobAccepted {
      labels = Map.copyOf(labels);
    }
  }

  /** Something in the request changes nothing; the job runs without it. */
  record JobWarning(List<Warning> warnings) implements JobEvent {
    public JobWarning {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The same job was asked for again; nothing was done.
   *
   * @param source of the event that asked again
   * @param requestId its id
   * @param phase where the job is
   */
  record JobDuplicate(String source, String requestId, JobPhase phase, @Nullable Outcome outcome)
      implements JobEvent {}

  /** The job waits, or waits for something else than before. */
  record JobWaiting(WaitingStatus waiting) implements JobEvent {}

  /** The job got a slot; its driver is about to be created. */
  record JobAdmitted(int attempt, String namespace) implements JobEvent {}

  /** The driver pod exists. */
  record DriverSubmitted(int attempt, DriverPod driver) implements JobEvent {}

  /** The driver does not run yet. */
  record DriverPending(int attempt, String reason, @Nullable String message) implements JobEvent {}

  /** The driver pod has a node. */
  record DriverScheduled(int attempt, @Nullable String message) implements JobEvent {}

  /** The driver's container runs. */
  record DriverStarted(int attempt, @Nullable String node, Instant startedAt) implements JobEvent {}

  /**
   * Executor pods came or went.
   *
   * @param changed which, for a job that asks for each; otherwise null
   */
  record ExecutorsChanged(int attempt, int running, int total, @Nullable List<ExecutorPod> changed)
      implements JobEvent {
    public ExecutorsChanged {
      changed = changed == null || changed.isEmpty() ? null : List.copyOf(changed);
    }
  }

  /** An attempt of a job that always restarts ended well. */
  record AttemptSucceeded(int attempt, Instant finishedAt) implements JobEvent {}

  /**
   * One attempt failed; whether the job did is another event.
   *
   * @param submission whether nothing was ever created for it
   */
  record AttemptFailed(int attempt, boolean submission, Failure failure) implements JobEvent {}

  /**
   * The job will be attempted again.
   *
   * @param attempt the coming one
   * @param failures how many of this kind count against the budget
   */
  record JobRetrying(int attempt, Instant notBefore, int failures) implements JobEvent {}

  /** The end of a running job was asked for; its driver is being stopped. */
  record JobCancelling(int attempt, @Nullable String reason) implements JobEvent {}

  /** A deadline passed; the driver is being stopped. */
  record JobDeadlinePassed(int attempt, Failure failure) implements JobEvent {}

  /** The job moved in its tenant's queue. */
  record JobPriorityChanged(int from, int to) implements JobEvent {}

  /**
   * A control event about the job came too late, or asked for what is so already; nothing was done.
   *
   * @param source of the control event
   * @param requestId its id
   * @param phase where the job is
   */
  record JobUnchanged(ControlType control, String source, String requestId, JobPhase phase)
      implements JobEvent {}

  /** The job is over. */
  record JobEnded(JobResult result) implements JobEvent {}
}
