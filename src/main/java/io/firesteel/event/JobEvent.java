package io.firesteel.event;

import io.firesteel.inbox.ExecutorPod;
import io.firesteel.job.Failure;
import io.firesteel.job.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in the life of a job. Attempts count from 1. */
public sealed interface JobEvent {

  /**
   * The request was accepted; the job will end with one result.
   *
   * @param cluster the cluster of its pods; null for the default one
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

  /**
   * Parts of the request, or of what its driver wrote, have no effect, or no test runs the job's
   * version of Spark.
   */
  record JobWarning(List<Warning> warnings) implements JobEvent {
    public JobWarning {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The job was requested again; nothing changed.
   *
   * @param source of the repeated request
   * @param requestId its id
   * @param phase of the job
   */
  record JobDuplicate(String source, String requestId, JobPhase phase, @Nullable Outcome outcome)
      implements JobEvent {}

  /** The job waits, or waits for another reason than before. */
  record JobWaiting(WaitingStatus waiting) implements JobEvent {}

  /** The job got a slot; its driver is about to be created. */
  record JobAdmitted(int attempt, String namespace) implements JobEvent {}

  /** The driver pod exists. */
  record DriverSubmitted(int attempt, DriverPod driver) implements JobEvent {}

  /** The driver pod exists, but its container is not running yet. */
  record DriverPending(int attempt, String reason, @Nullable String message) implements JobEvent {}

  /** The driver pod was scheduled to a node. */
  record DriverScheduled(int attempt, @Nullable String message) implements JobEvent {}

  /** The driver's container is running. */
  record DriverStarted(int attempt, @Nullable String node, Instant startedAt) implements JobEvent {}

  /** The driver's pod is ready: Spark's UI listens, or a probe of the job's own succeeded. */
  record DriverReady(int attempt, Instant readyAt) implements JobEvent {}

  /**
   * Executor pods started or ended.
   *
   * @param changed those pods, if the job asks for them; otherwise null
   */
  record ExecutorsChanged(int attempt, int running, int total, @Nullable List<ExecutorPod> changed)
      implements JobEvent {
    public ExecutorsChanged {
      changed = changed == null || changed.isEmpty() ? null : List.copyOf(changed);
    }
  }

  /** An attempt of a job that always restarts succeeded. */
  record AttemptSucceeded(int attempt, Instant finishedAt) implements JobEvent {}

  /**
   * An attempt failed; another event says whether the job did.
   *
   * @param submission whether no pod was created for it
   */
  record AttemptFailed(int attempt, boolean submission, Failure failure) implements JobEvent {}

  /**
   * The job will be attempted again.
   *
   * @param attempt the next attempt
   * @param failures failures that count against the retry budget
   */
  record JobRetrying(int attempt, Instant notBefore, int failures) implements JobEvent {}

  /** The job was cancelled; its driver is being stopped. */
  record JobCancelling(int attempt, @Nullable String reason) implements JobEvent {}

  /** A deadline passed; the driver is being stopped. */
  record JobDeadlinePassed(int attempt, Failure failure) implements JobEvent {}

  /** The priority of the job changed. */
  record JobPriorityChanged(int from, int to) implements JobEvent {}

  /**
   * A control event about the job came too late or was redundant; nothing changed.
   *
   * @param source of the control event
   * @param requestId its id
   * @param phase of the job
   */
  record JobUnchanged(ControlType control, String source, String requestId, JobPhase phase)
      implements JobEvent {}

  /** The job ended. */
  record JobEnded(JobResult result) implements JobEvent {}
}
