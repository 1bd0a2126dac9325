package io.firesteel.admission.core;

import static io.firesteel.event.WaitingReason.NOT_BEFORE;

import io.firesteel.admission.index.DependencyGraph;
import io.firesteel.admission.index.Timers;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.Precancelled;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.TenantState;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Timeline;
import io.firesteel.event.WaitingStatus;
import io.firesteel.inbox.InboxMessage.JobRejected;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles requests for jobs. */
final class JobSubmissions {

  private final DecisionContext context;

  JobSubmissions(DecisionContext context) {
    this.context = context;
  }

  /** A request that intake accepted. */
  void submitted(Job job) {
    TrackedJob known = context.job(job.key());
    if (known != null && isDuplicate(known, job.origin())) {
      duplicate(known, job.origin());
      return;
    }
    if (known != null && known.state() instanceof Ended) {
      context.forget(known);
    }
    long arrival = context.slots.nextArrival(job.key().tenant(), job.cohort());
    TrackedJob arriving =
        TrackedJob.arriving(
            replacing(
                known,
                JobMetadata.of(job, context.generations.next(job.key(), job.cohort()), arrival)),
            Timeline.received(job.origin().receivedAt()).withAcceptedAt(context.now),
            context.now);
    if (known != null && known.state() instanceof Precancelled precancelled) {
      accept(known, arriving.withState(precancelled.arrive(context.now)), job);
      return;
    }
    Failure rejection = rejection(job);
    if (rejection != null) {
      Ended rejected = new Queued().end(Outcome.REFUSED, rejection, context.now);
      context.reject(
          arriving.withState(rejected).withTimeline(Timeline.received(job.origin().receivedAt())),
          job.origin(),
          job.labels());
      return;
    }
    accept(null, initialState(arriving, job), job);
  }

  /** A request that intake rejected; it still gets its one result. */
  void rejected(JobRejected message, String cohort) {
    TrackedJob known = context.job(message.key());
    if (known != null && isDuplicate(known, message.origin())) {
      duplicate(known, message.origin());
      return;
    }
    if (known != null) {
      context.forget(known);
    }
    Origin origin = message.origin();
    TrackedJob arriving =
        TrackedJob.arriving(
            replacing(
                known,
                JobMetadata.ofKey(
                    message.key(),
                    context.generations.next(message.key(), cohort),
                    cohort,
                    origin)),
            Timeline.received(origin.receivedAt()),
            context.now);
    Ended rejected = new Queued().end(Outcome.REFUSED, message.failure(), context.now);
    context.reject(arriving.withState(rejected), origin, Map.of());
  }

  private static JobMetadata replacing(@Nullable TrackedJob known, JobMetadata next) {
    return known != null && known.state() instanceof Ended ? next.replacing(known.head()) : next;
  }

  /**
   * Whether a request repeats a job that ran or may still run, or is the redelivered record of a
   * job that was refused.
   */
  private static boolean isDuplicate(TrackedJob known, Origin again) {
    return switch (known.state()) {
      case Precancelled _ -> false;
      case Ended(var outcome, _, _, _) when outcome == Outcome.REFUSED ->
          known.head().record() == null
              || again.record() == null
              || known.head().isRedelivered(again.record());
      default -> true;
    };
  }

  private void duplicate(TrackedJob known, Origin again) {
    Outcome outcome = known.state() instanceof Ended(var o, _, _, _) ? o : null;
    context.transition(
        known,
        known,
        again.id(),
        new JobEvent.JobDuplicate(again.source(), again.id(), known.state().phase(), outcome));
  }

  private void accept(@Nullable TrackedJob before, TrackedJob after, Job job) {
    context.storeRequest(job);
    JobEvent accepted =
        new JobEvent.JobAccepted(
            job.cohort(),
            job.placement().cluster(),
            job.placement().namespace(),
            job.priority(),
            job.labels());
    context.objectVersions.record(job.key(), job.version());
    List<JobEvent> events = new ArrayList<>(List.of(accepted));
    if (!job.warnings().isEmpty()) {
      events.add(new JobEvent.JobWarning(job.warnings()));
    }
    if (after.waiting() != null) {
      events.add(new JobEvent.JobWaiting(after.waiting()));
    }
    context.transition(before, after, events.toArray(JobEvent[]::new));
  }

  private @Nullable Failure rejection(Job job) {
    if (context.dependencyGraph.formsCycle(job.key(), job.dependsOn())) {
      return JobFailures.dependencyCycle();
    }
    if (context.objectVersions.outdated(job)) {
      return JobFailures.objectOutdated();
    }
    TenantState tenantState = context.slots.tenant(job.key().tenant(), job.cohort());
    if (tenantState.removedAt() != null) {
      return JobFailures.tenantRemoved();
    }
    return queueFull(job, tenantState) ? JobFailures.queueFull(tenantState) : null;
  }

  /** Only for a request from outside: nobody can publish an arrival or a fire again. */
  private boolean queueFull(Job job, TenantState tenantState) {
    return job.trigger() == null
        && job.origin().requester() == null
        && tenantState.waiting() >= tenantState.maxQueued()
        && !startsNow(job, tenantState);
  }

  private boolean startsNow(Job job, TenantState tenantState) {
    return tenantState.hasFreeSlot()
        && tenantState.ready() == 0
        && context.slots.cohort(tenantState.cohort()).hasFreeSlot()
        && job.dependsOn().isEmpty()
        && !isInFuture(job.notBefore());
  }

  private TrackedJob initialState(TrackedJob job, Job request) {
    Instant end = context.timers.dueAt(job);
    if (end != null && !end.isAfter(context.now)) {
      Failure failure = JobFailures.waitDeadlinePassed(request.deadlines(), context.now);
      return job.withState(new Queued().end(Outcome.EXPIRED, failure, context.now));
    }
    return waitingState(job, request.key(), request.dependsOn());
  }

  private TrackedJob waitingState(TrackedJob job, JobKey key, List<Dependency> dependsOn) {
    Set<Dependency> pending = new LinkedHashSet<>();
    for (Dependency dependency : dependsOn) {
      Outcome outcome = context.dependencyGraph.outcome(key.tenant(), dependency);
      if (outcome == null) {
        pending.add(dependency);
      } else if (!DependencyGraph.satisfies(outcome, dependency.condition())) {
        Failure failure = JobFailures.dependencyNotFulfilled(dependency, outcome);
        return job.withState(new Queued().end(Outcome.FAILED, failure, context.now));
      }
    }
    if (!pending.isEmpty()) {
      return blocked(job, List.copyOf(pending));
    }
    Instant notBefore = job.head().notBefore();
    return notBefore != null && isInFuture(notBefore)
        ? job.withState(new Delayed(notBefore, false))
            .withWaiting(WaitingStatus.until(NOT_BEFORE, notBefore))
        : job;
  }

  private TrackedJob blocked(TrackedJob job, List<Dependency> pending) {
    boolean unknown =
        pending.stream().anyMatch(d -> context.dependencyGraph.unknown(job.key().tenant(), d));
    Instant until =
        unknown ? Timers.plusOrNever(context.now, context.settings.unknownDependencyWait()) : null;
    return job.withState(new Blocked(pending, until))
        .withWaiting(WaitingStatus.dependencies(pending, until));
  }

  private boolean isInFuture(@Nullable Instant time) {
    return time != null && time.isAfter(context.now);
  }
}
