package io.firesteel.admission;

import io.firesteel.admission.JobState.Admitted;
import io.firesteel.admission.JobState.Holding;
import io.firesteel.admission.JobState.Running;
import io.firesteel.admission.JobState.Stopping;
import io.firesteel.admission.JobState.Submitted;
import io.firesteel.event.DriverPod;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobStatus.Executors;
import io.firesteel.inbox.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What the pods did. They may tell it late, twice, in another order, or of an attempt that is over:
 * what brings no news changes nothing.
 */
final class Observations {

  private static final String SCHEDULED = "Scheduled";

  private final Desk desk;
  private final Endings endings;

  Observations(Desk desk) {
    this.desk = desk;
    this.endings = new Endings(desk);
  }

  void observed(Observation seen) {
    TrackedJob job = desk.job(seen.attempt().job());
    if (job == null
        || job.head().generation() != seen.attempt().generation()
        || job.attempt() != seen.attempt().number()
        || !(job.state() instanceof Holding holding)) {
      return;
    }
    switch (seen) {
      case Observation.Created created -> created(job, holding, created);
      case Observation.Rejected rejected -> {
        if (job.pod() == null && !(holding instanceof Running)) {
          endings.rejected(job, holding, rejected);
        }
      }
      case Observation.Pending pending -> pending(job, holding, pending);
      case Observation.Started started -> started(job, holding, started);
      case Observation.Executors executors -> executors(job, holding, executors);
      case Observation.Finished finished -> endings.finished(job, holding, finished);
      case Observation.Gone gone -> endings.gone(job, holding, gone);
    }
  }

  private void created(TrackedJob job, Holding holding, Observation.Created seen) {
    if (job.pod() != null) {
      return;
    }
    DriverPod pod = new DriverPod(seen.namespace(), seen.pod(), seen.uid(), seen.applicationId());
    JobState next =
        switch (holding) {
          case Admitted admitted -> admitted.submitted();
          case Submitted submitted -> submitted;
          case Running running -> running;
          case Stopping stopping -> stopping;
        };
    desk.move(
        job,
        job.in(next).pod(pod).timeline(job.timeline().submitted(desk.now)),
        new JobEvent.Submitted(job.attempt(), pod));
  }

  private void pending(TrackedJob job, Holding holding, Observation.Pending seen) {
    String reason = seen.reason();
    JobState next =
        switch (holding) {
          case Admitted(_, var before) when reason.equals(before) -> null;
          case Submitted(_, var before) when reason.equals(before) -> null;
          case Admitted admitted -> admitted.pending(reason);
          case Submitted submitted -> submitted.pending(reason);
          case Running _, Stopping _ -> null;
        };
    if (next == null) {
      return;
    }
    if (reason.equals(SCHEDULED)) {
      desk.move(
          job,
          job.in(next).timeline(job.timeline().scheduled(seen.at())),
          new JobEvent.DriverScheduled(job.attempt(), seen.message()));
    } else {
      desk.move(
          job, job.in(next), new JobEvent.DriverPending(job.attempt(), reason, seen.message()));
    }
  }

  private void started(TrackedJob job, Holding holding, Observation.Started seen) {
    @Nullable Running next =
        switch (holding) {
          case Admitted admitted -> admitted.start(seen.at());
          case Submitted submitted -> submitted.start(seen.at());
          case Running _, Stopping _ -> null;
        };
    if (next != null) {
      desk.move(
          job,
          job.in(next).timeline(job.timeline().started(seen.at())),
          new JobEvent.DriverStarted(job.attempt(), seen.node(), seen.at()));
    }
  }

  private void executors(TrackedJob job, Holding holding, Observation.Executors seen) {
    Executors count = new Executors(seen.running(), seen.total());
    if (holding instanceof Running running && isNews(running, count, seen)) {
      desk.move(
          job,
          job.in(running.counted(count, seen.at())),
          new JobEvent.ExecutorsChanged(
              job.attempt(), seen.running(), seen.total(), seen.changed()));
    }
  }

  /** A count that is known brings nothing; one executor that took another's place does, once. */
  private static boolean isNews(Running job, Executors count, Observation.Executors seen) {
    return count.equals(job.executors())
        ? !seen.changed().isEmpty() && seen.at().isAfter(job.executorsAt())
        : !seen.at().isBefore(job.executorsAt());
  }
}
