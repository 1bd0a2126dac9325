package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.DriverState.ReportedStatus;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Reconciler.ReconcileResult} in the making: every report goes out once and is noted in
 * the track. One thread.
 */
final class ReconcileResultBuilder {

  /** Executor pods in one report. */
  static final int PORTION = 500;

  final Instant now;
  private final List<Effect> effects = new ArrayList<>();
  private DriverState state;
  private @Nullable Instant requeueAt;

  ReconcileResultBuilder(DriverState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  DriverState state() {
    return state;
  }

  Reconciler.ReconcileResult build() {
    return new Reconciler.ReconcileResult(state, List.copyOf(effects), requeueAt);
  }

  void requeueAt(Instant at) {
    if (requeueAt == null || at.isBefore(requeueAt)) {
      requeueAt = at;
    }
  }

  void call(Effect.@Nullable Call call) {
    if (call != null) {
      effects.add(call);
      state = state.with(state.calls().started());
    }
  }

  void fail(Failure why) {
    state = state.failedWith(why);
  }

  /** Keeps the spec only as long as objects of the driver may have to be made from it. */
  void dropUnneededSpec() {
    DesiredDriver desired = state.desired();
    if (desired == null) {
      return;
    }
    PodView pod = state.driverPod();
    boolean complete = state.calls().isComplete(desired.attempt());
    boolean started = pod != null && !(DriverPhase.of(pod, now) instanceof DriverPhase.PodPending);
    if (complete || started || state.reported().finished()) {
      state = state.withoutSpec();
    }
  }

  void reportCreated(DesiredDriver desired, PodView pod) {
    if (pod.uid().equals(state.reported().uid())) {
      return;
    }
    Attempt attempt = desired.attempt();
    String applicationId = DriverNames.of(attempt).applicationId();
    report(
        desired,
        new Observation.Created(
            attempt, pod.created(), pod.namespace(), pod.name(), pod.uid(), applicationId),
        ReportedStatus.of(pod.uid()));
  }

  void reportPending(DesiredDriver desired, DriverPhase.PodPending pending) {
    ReportedStatus reported = state.reported();
    if (reported.pendingSince() == null || reported.timeout() != pending.timeout()) {
      Instant since = pending.since() == null ? now : pending.since();
      state = state.with(reported.pending(pending.timeout(), since));
    }
    boolean again =
        "ImagePullBackOff".equals(reported.stage()) && pending.reason().equals("ErrImagePull");
    if (!again && !pending.reason().equals(reported.stage())) {
      report(
          desired,
          new Observation.Pending(desired.attempt(), now, pending.reason(), pending.message()),
          state.reported().stage(pending.reason()));
    }
  }

  void reportStarted(DesiredDriver desired, Instant since, @Nullable String node) {
    if (!Reconciler.STARTED.equals(state.reported().stage())) {
      report(
          desired,
          new Observation.Started(desired.attempt(), since, node),
          state.reported().stage(Reconciler.STARTED));
    }
  }

  void reportExecutors(DesiredDriver desired) {
    ExecutorPods executors = state.executors();
    int running = executors.running().size();
    if (running != state.reported().runningExecutors() || !executors.unreported().isEmpty()) {
      // A count that was told before is news only when it is younger.
      Instant at = now;
      for (List<ExecutorPod> some : portions(executors.unreported())) {
        report(
            desired,
            new Observation.ExecutorsCounted(
                desired.attempt(), at, running, executors.total(), some),
            state.reported().executors(running));
        at = at.plus(1, ChronoUnit.MICROS);
      }
      state = state.with(executors.allReported());
    }
  }

  /** So many that each portion fits a record; at least one, which may be empty. */
  private static List<List<ExecutorPod>> portions(List<ExecutorPod> all) {
    return IntStream.rangeClosed(0, Math.max(0, all.size() - 1) / PORTION)
        .mapToObj(i -> all.subList(i * PORTION, Math.min(all.size(), (i + 1) * PORTION)))
        .toList();
  }

  void reportFinished(DesiredDriver desired, Instant at, @Nullable Failure failure) {
    reportEnd(desired, new Observation.Finished(desired.attempt(), at, failure));
  }

  void reportRejected(DesiredDriver desired, Failure why) {
    reportEnd(desired, new Observation.Rejected(desired.attempt(), now, why));
  }

  void reportGone(DesiredDriver desired) {
    Failure failure = state.failure() == null ? missing(desired) : state.failure();
    Diagnostics diagnostics = state.diagnostics() == null ? Diagnostics.NONE : state.diagnostics();
    Failure explained = FailureClassifier.withDiagnostics(failure, null, diagnostics);
    reportEnd(desired, new Observation.Gone(desired.attempt(), now, explained));
  }

  /** Why there is no pod: by what it was like when a watch told of its deletion, if one did. */
  private Failure missing(DesiredDriver desired) {
    PodView vanished = state.deletedUid();
    if (vanished == null || !state.isDriverPod(vanished)) {
      return driverLost(desired);
    }
    return DriverPhase.of(vanished, now) instanceof DriverPhase.PodEnded(_, Failure why)
            && why != null
        ? why
        : FailureClassifier.deleted(vanished, null);
  }

  private static Failure driverLost(DesiredDriver desired) {
    return Failure.of(
        FailureCategory.INFRASTRUCTURE,
        "DriverLost",
        "Driver pod %s/%s does not exist any more; it was deleted or its node is gone"
            .formatted(desired.placement().namespace(), DriverNames.of(desired.attempt()).pod()));
  }

  private void reportEnd(DesiredDriver desired, Observation end) {
    report(desired, end, state.reported().stage(Reconciler.FINISHED));
  }

  private void report(DesiredDriver desired, Observation observation, ReportedStatus reported) {
    effects.add(new Effect.Report(desired.cohort(), observation));
    state = state.with(reported);
  }
}
