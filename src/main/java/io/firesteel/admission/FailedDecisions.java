package io.firesteel.admission;

import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionInput.Basis;
import io.firesteel.admission.core.AdmissionInput.JobFailed;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.DecisionException;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a decision that fails from stopping the partition: ends the job that made it fail as a bug.
 * Failures of Kafka are passed on, because the transaction must be aborted. One thread.
 */
final class FailedDecisions {

  private static final Logger LOG = LoggerFactory.getLogger(FailedDecisions.class);

  /** How many other jobs one input may end before it counts as failed itself. */
  private static final int MAX_ATTEMPTS = 1_000;

  private final Consumer<AdmissionInput> decider;
  private final AdmissionMetrics metrics;

  /**
   * @param decider decides on an input; changes and sends nothing if it throws a {@link
   *     DecisionException}
   */
  FailedDecisions(Consumer<AdmissionInput> decider, AdmissionMetrics metrics) {
    this.decider = decider;
    this.metrics = metrics;
  }

  /**
   * Decides on an input. Ends other jobs that make the decision fail, and repeats it without them.
   *
   * @param subject the job that the input is about; null if none
   * @return why no decision was made; null if it was
   */
  @Nullable DecisionException decide(AdmissionInput input, @Nullable JobKey subject) {
    Map<JobKey, Basis> blamed = new HashMap<>();
    boolean repeated = false;
    for (int attempt = 1; ; attempt++) {
      DecisionException failure = attempt(input);
      if (failure == null) {
        return null;
      }
      JobKey job = failure.job();
      if (job == null || job.equals(subject)) {
        if (repeated) {
          return failure;
        }
        repeated = true;
      } else if (attempt == MAX_ATTEMPTS || !endAgain(job, failure, blamed)) {
        return failure;
      }
    }
  }

  /** Ends a job, and if that did not help the last time, relies on less of its state. */
  private boolean endAgain(JobKey job, DecisionException failure, Map<JobKey, Basis> blamed) {
    Basis before = blamed.get(job);
    if (before == Basis.NOTHING) {
      return false;
    }
    Basis first = before == null ? Basis.STATE_AND_REQUEST : Basis.values()[before.ordinal() + 1];
    Basis used = end(job, null, null, bug(failure), first);
    blamed.put(job, used == null ? Basis.NOTHING : used);
    return used != null;
  }

  /** Ends the job that a message is about; a request that is not known yet gets its result. */
  void endSubject(String cohort, InboxMessage message, DecisionException failure) {
    Failure bug = bug(failure);
    switch (message) {
      case InboxMessage.JobSubmitted(var job) -> {
        var rejected = new InboxMessage.JobRejected(job.key(), job.origin(), bug);
        if (decide(new MessageArrived(cohort, rejected), job.key()) != null) {
          endAnyhow(job.key(), job.origin(), null, bug);
        }
      }
      case InboxMessage.JobRejected(var key, var origin, _) -> endAnyhow(key, origin, null, bug);
      case InboxMessage.CancelRequested(var key, _, _) -> endAnyhow(key, null, null, bug);
      case InboxMessage.PriorityChanged(var key, _, _) -> endAnyhow(key, null, null, bug);
      case InboxMessage.Observed(var observation) ->
          endAnyhow(observation.attempt().job(), null, gone(observation), bug);
      case InboxMessage.JobCopied _,
          InboxMessage.TenantMoved _,
          InboxMessage.TenantDefined _,
          InboxMessage.TenantRemoved _,
          InboxMessage.TenantSuspended _,
          InboxMessage.TenantResumed _ -> {}
    }
  }

  /** The job that a message is about; null if none. */
  static @Nullable JobKey subject(InboxMessage message) {
    return switch (message) {
      case InboxMessage.JobSubmitted(var job) -> job.key();
      case InboxMessage.JobRejected(var key, _, _) -> key;
      case InboxMessage.CancelRequested(var key, _, _) -> key;
      case InboxMessage.PriorityChanged(var key, _, _) -> key;
      case InboxMessage.Observed(var observation) -> observation.attempt().job();
      case InboxMessage.JobCopied copied -> copied.key();
      case InboxMessage.TenantMoved _,
          InboxMessage.TenantDefined _,
          InboxMessage.TenantRemoved _,
          InboxMessage.TenantSuspended _,
          InboxMessage.TenantResumed _ ->
          null;
    };
  }

  /** The attempt whose driver no longer exists, according to an observation. */
  private static @Nullable Attempt gone(Observation observation) {
    return switch (observation) {
      case Observation.Rejected _,
          Observation.Finished _,
          Observation.Gone _,
          Observation.Abandoned _ ->
          observation.attempt();
      case Observation.Created _,
          Observation.Pending _,
          Observation.Started _,
          Observation.Ready _,
          Observation.ExecutorsCounted _ ->
          null;
    };
  }

  private void endAnyhow(JobKey job, @Nullable Origin origin, @Nullable Attempt gone, Failure bug) {
    var _ = end(job, origin, gone, bug, Basis.STATE_AND_REQUEST);
  }

  /** Ends a job by as much of its state as possible; returns how much, null if it cannot. */
  private @Nullable Basis end(
      JobKey job, @Nullable Origin origin, @Nullable Attempt gone, Failure bug, Basis first) {
    for (Basis basis : EnumSet.range(first, Basis.NOTHING)) {
      if (attempt(new JobFailed(job, origin, gone, bug, basis)) == null) {
        return basis;
      }
    }
    LOG.atError().addKeyValue("job", job).log("A job whose decisions fail cannot be ended");
    return null;
  }

  private @Nullable DecisionException attempt(AdmissionInput input) {
    try {
      decider.accept(input);
      return null;
    } catch (DecisionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      metrics.decisionFailed();
      LOG.atError()
          .addKeyValue("input", input.getClass().getSimpleName())
          .addKeyValue("job", e.job())
          .addKeyValue("errorCode", FailureReason.BUG)
          .setCause(withoutMessage(e.failure()))
          .log("A decision failed; its job ends with the reason Bug");
      return e;
    }
  }

  /** The same stack trace; messages may quote payload. */
  private static Throwable withoutMessage(Throwable failure) {
    Throwable copy = new Throwable(failure.getClass().getName());
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  /** The failure of the job, without any payload. */
  static Failure bug(DecisionException failure) {
    Throwable cause = failure.failure();
    StackTraceElement[] trace = cause.getStackTrace();
    return Failure.of(
        FailureReason.BUG,
        "Internal error %s at %s; report it with the worker's log"
            .formatted(cause.getClass().getSimpleName(), trace.length == 0 ? "?" : trace[0]));
  }
}
