package io.firesteel.admission;

import static io.firesteel.event.WaitingReason.DEPENDENCY;
import static io.firesteel.event.WaitingReason.NOT_BEFORE;

import io.firesteel.admission.JobState.Blocked;
import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.admission.JobState.Foretold;
import io.firesteel.admission.JobState.Queued;
import io.firesteel.admission.Reports.Requester;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.Timeline;
import io.firesteel.event.Waiting;
import io.firesteel.inbox.InboxMessage.Refused;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a request for a job. */
final class Requests {

  private final Desk desk;

  Requests(Desk desk) {
    this.desk = desk;
  }

  /** A job that may run as far as its request is concerned. */
  void submitted(Job job) {
    TrackedJob known = desk.job(job.key());
    if (known != null && !(known.state() instanceof Foretold)) {
      duplicate(known, job.origin());
      return;
    }
    long arrival = desk.slots.arrival(job.key().tenant(), job.cohort());
    TrackedJob arriving =
        TrackedJob.arriving(
            JobHead.of(job, desk.generations.next(job.key(), job.cohort()), arrival),
            Timeline.received(job.origin().receivedAt()).accepted(desk.now),
            desk.now);
    if (known != null && known.state() instanceof Foretold foretold) {
      accept(known, arriving.in(foretold.arrive(desk.now)), job);
      return;
    }
    Failure objection = objection(job);
    if (objection != null) {
      Ended refused = new Queued().end(Outcome.REFUSED, objection, desk.now);
      desk.refuse(
          arriving.in(refused).timeline(Timeline.received(job.origin().receivedAt())),
          new Requester(job.origin(), job.labels()));
      return;
    }
    accept(null, placed(arriving, job), job);
  }

  /** A request that intake turned away; it still gets its one result. */
  void refused(Refused message, String cohort) {
    TrackedJob known = desk.job(message.key());
    if (known != null && !(known.state() instanceof Foretold)) {
      duplicate(known, message.origin());
      return;
    }
    if (known != null) {
      desk.forget(known);
    }
    Origin origin = message.origin();
    TrackedJob arriving =
        TrackedJob.arriving(
            JobHead.named(
                message.key(), desk.generations.next(message.key(), cohort), cohort, origin),
            Timeline.received(origin.receivedAt()),
            desk.now);
    Ended refused = new Queued().end(Outcome.REFUSED, message.failure(), desk.now);
    desk.refuse(arriving.in(refused), new Requester(origin, Map.of()));
  }

  private void duplicate(TrackedJob known, Origin again) {
    Outcome outcome = known.state() instanceof Ended(var o, _, _) ? o : null;
    desk.move(
        known,
        known,
        again.id(),
        new JobEvent.Duplicate(again.source(), again.id(), known.state().phase(), outcome));
  }

  private void accept(@Nullable TrackedJob before, TrackedJob after, Job job) {
    desk.keep(job);
    JobEvent accepted =
        new JobEvent.Accepted(
            job.cohort(),
            job.placement().cluster(),
            job.placement().namespace(),
            job.priority(),
            job.labels());
    desk.objects.keep(job);
    List<JobEvent> events = new ArrayList<>(List.of(accepted));
    if (!job.warnings().isEmpty()) {
      events.add(new JobEvent.Warned(job.warnings()));
    }
    if (after.waiting() != null) {
      events.add(new JobEvent.StillWaiting(after.waiting()));
    }
    desk.move(before, after, events.toArray(JobEvent[]::new));
  }

  private @Nullable Failure objection(Job job) {
    if (desk.dependencies.circular(job.key(), job.dependsOn())) {
      return Failure.of(
          FailureCategory.DEPENDENCY,
          "DependencyCycle",
          "dependsOn leads back to the job itself; remove one of the dependencies");
    }
    if (desk.objects.outdated(job)) {
      return Failure.of(
          FailureCategory.REQUEST,
          "ObjectOutdated",
          "a job for a later writing of the same object was let in before");
    }
    Tenant tenant = desk.slots.tenant(job.key().tenant(), job.cohort());
    if (tenant.removedAt() != null) {
      return Removals.failure();
    }
    if (tenant.waiting() < tenant.maxQueued() || startsNow(job, tenant)) {
      return null;
    }
    return new Failure(
        FailureCategory.CAPACITY,
        true,
        null,
        "QueueFull",
        "%d jobs of tenant %s wait and no more may (maxQueued); send it again later"
            .formatted(tenant.waiting(), tenant.name()),
        null);
  }

  private boolean startsNow(Job job, Tenant tenant) {
    return tenant.open()
        && tenant.ready() == 0
        && desk.slots.cohort(tenant.cohort()).open()
        && job.dependsOn().isEmpty()
        && !later(job.notBefore());
  }

  private TrackedJob placed(TrackedJob job, Job request) {
    Instant end = desk.wakes.wakeAt(job);
    if (end != null && !end.isAfter(desk.now)) {
      return job.in(Alarms.tooLate(new Queued(), job, desk.now));
    }
    return waiting(job, request.key(), request.dependsOn());
  }

  private TrackedJob waiting(TrackedJob job, JobKey key, List<Dependency> dependsOn) {
    List<Dependency> pending =
        dependsOn.stream()
            .distinct()
            .filter(d -> desk.dependencies.fulfilled(key.tenant(), d) == null)
            .toList();
    for (Dependency dependency : dependsOn) {
      if (Boolean.FALSE.equals(desk.dependencies.fulfilled(key.tenant(), dependency))) {
        return job.in(new Queued().end(Outcome.FAILED, Releases.impossible(dependency), desk.now));
      }
    }
    if (!pending.isEmpty()) {
      return blocked(job, pending);
    }
    Instant notBefore = job.head().notBefore();
    return notBefore != null && later(notBefore)
        ? job.in(new Delayed(notBefore, false)).waiting(Waiting.until(NOT_BEFORE, notBefore))
        : job;
  }

  private TrackedJob blocked(TrackedJob job, List<Dependency> pending) {
    boolean unknown =
        pending.stream().anyMatch(d -> desk.dependencies.unknown(job.key().tenant(), d));
    Instant until = unknown ? Wakes.plus(desk.now, desk.settings.unknownDependencyWait()) : null;
    return job.in(new Blocked(pending, until))
        .waiting(new Waiting(DEPENDENCY, null, until, Releases.ids(pending)));
  }

  private boolean later(@Nullable Instant time) {
    return time != null && time.isAfter(desk.now);
  }
}
