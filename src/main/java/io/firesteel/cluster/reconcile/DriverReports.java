package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.ReportedStatus.PendingSince;
import io.firesteel.cluster.reconcile.ReportedStatus.Stage;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one driver for the inbox. Each is reported once, and noted in the state. For
 * one reconciliation and one thread.
 */
final class DriverReports {

  /** Executor pods in one report. */
  static final int BATCH_SIZE = 500;

  private final DesiredDriver desired;
  private final Instant now;
  private final List<Effect> reports = new ArrayList<>();
  private DriverState state;

  DriverReports(DesiredDriver desired, DriverState state, Instant now) {
    this.desired = desired;
    this.state = state;
    this.now = now;
  }

  DriverState state() {
    return state;
  }

  List<Effect> reports() {
    return reports;
  }

  void created(PodView pod) {
    if (!pod.uid().equals(state.reported().uid())) {
      String applicationId = DriverNames.of(desired.attempt()).applicationId();
      report(
          new Observation.Created(
              desired.attempt(),
              pod.created(),
              pod.namespace(),
              pod.name(),
              pod.uid(),
              applicationId),
          ReportedStatus.created(pod.uid()));
    }
  }

  void pending(DriverPhase.PodPending pending) {
    PendingSince reportedPending = state.reported().pending();
    if (reportedPending == null || reportedPending.timeout() != pending.timeout()) {
      Instant since = pending.since() == null ? now : pending.since();
      state = state.with(state.reported().with(new PendingSince(pending.timeout(), since)));
    }
    Stage stage = new Stage.Pending(pending.reason());
    // The kubelet alternates between the two while it retries.
    boolean pullRetried =
        new Stage.Pending("ImagePullBackOff").equals(state.reported().stage())
            && pending.reason().equals("ErrImagePull");
    if (!pullRetried && !stage.equals(state.reported().stage())) {
      report(
          new Observation.Pending(desired.attempt(), now, pending.reason(), pending.message()),
          state.reported().with(stage));
    }
  }

  void started(Instant since, @Nullable String node) {
    if (!(state.reported().stage() instanceof Stage.Started)) {
      report(
          new Observation.Started(desired.attempt(), since, node),
          state.reported().with(new Stage.Started(false)));
    }
  }

  void ready(@Nullable Instant at) {
    if (at != null && new Stage.Started(false).equals(state.reported().stage())) {
      report(
          new Observation.Ready(desired.attempt(), at),
          state.reported().with(new Stage.Started(true)));
    }
  }

  void executors() {
    ExecutorPods executors = state.pods().executors();
    List<ExecutorPod> unreported = executors.changes().unreported();
    int running = executors.count().runningUids().size();
    if (running != state.reported().runningExecutors() || !unreported.isEmpty()) {
      // Admission ignores an unchanged count that is not later than the last one.
      Instant at = now;
      for (List<ExecutorPod> batch : batches(unreported)) {
        report(
            new Observation.ExecutorsCounted(
                desired.attempt(), at, running, executors.count().total(), batch),
            state.reported().withRunningExecutors(running));
        at = at.plus(1, ChronoUnit.MICROS);
      }
      state = state.with(executors.allReported());
    }
  }

  /** Batches that each fit a record; at least one, which may be empty. */
  private static List<List<ExecutorPod>> batches(List<ExecutorPod> all) {
    return IntStream.rangeClosed(0, Math.max(0, all.size() - 1) / BATCH_SIZE)
        .mapToObj(i -> all.subList(i * BATCH_SIZE, Math.min(all.size(), (i + 1) * BATCH_SIZE)))
        .toList();
  }

  void succeeded(PodView pod, Instant at) {
    end(new Observation.Finished(desired.attempt(), at, null, OutputsReader.of(pod.container())));
  }

  void failed(Instant at, Failure failure) {
    end(new Observation.Finished(desired.attempt(), at, failure));
  }

  void rejected(Failure failure) {
    end(new Observation.Rejected(desired.attempt(), now, failure));
  }

  void gone() {
    Failure failure = state.failure() == null ? missing() : state.failure();
    Diagnostics diagnostics = state.diagnostics() == null ? Diagnostics.NONE : state.diagnostics();
    Failure explained = FailureClassifier.explain(failure, state.pods().lastDeleted(), diagnostics);
    end(new Observation.Gone(desired.attempt(), now, explained));
  }

  /** The failure of a missing pod, from its last view if the watch reported its deletion. */
  private Failure missing() {
    PodView deleted = state.pods().lastDeleted();
    if (deleted == null || !state.isDriverPod(deleted)) {
      return driverLost();
    }
    return DriverPhase.of(deleted, now) instanceof DriverPhase.PodEnded(_, Failure failure)
            && failure != null
        ? failure
        : FailureClassifier.deleted(deleted, null);
  }

  private Failure driverLost() {
    return Failure.of(
        FailureReason.DRIVER_LOST,
        "Driver pod %s/%s no longer exists; it was deleted or its node is gone"
            .formatted(desired.placement().namespace(), DriverNames.of(desired.attempt()).pod()));
  }

  private void end(Observation end) {
    report(end, state.reported().with(new Stage.Finished()));
  }

  private void report(Observation observation, ReportedStatus reported) {
    reports.add(new Effect.Report(desired.cohort(), observation));
    state = state.with(reported);
  }
}
