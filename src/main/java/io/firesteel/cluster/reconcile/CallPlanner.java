package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.DriverPhase.PodPending;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one call to the API server that a job needs most. Pure. */
final class CallPlanner {

  private static final Duration SIDECAR_GRACE = Duration.ofSeconds(30);

  private final ReconcilerSettings settings;

  CallPlanner(ReconcilerSettings settings) {
    this.settings = settings;
  }

  Effect.@Nullable Call next(ReconcileResultBuilder builder) {
    PodView intruder = builder.state().duplicatePod();
    if (intruder != null && !intruder.deleting()) {
      return delete(intruder);
    }
    DesiredDriver desired = builder.state().desired();
    if (desired != null && !builder.state().reported().finished()) {
      PodView pod = builder.state().driverPod();
      Effect.Call call =
          pod == null ? forMissingPod(builder, desired) : forExistingPod(builder, desired, pod);
      if (call != null) {
        return call;
      }
    }
    return cleanUp(builder);
  }

  private Effect.@Nullable Call forMissingPod(
      ReconcileResultBuilder builder, DesiredDriver desired) {
    DriverState state = builder.state();
    boolean existed = state.podUid() != null || state.calls().isComplete(desired.attempt());
    Failure failed = state.failure();
    if (!existed && failed != null) {
      builder.reportRejected(desired, failed);
      return null;
    }
    if (!existed && !desired.stop()) {
      return new Effect.CreateDriver(desired);
    }
    String namespace = desired.placement().namespace();
    if (state.calls().notFoundCount() < Reconciler.LOOKUPS_BEFORE_LOST) {
      return new Effect.GetPod(desired.attempt(), namespace, state.podUid());
    }
    String name = DriverNames.of(desired.attempt()).pod();
    boolean unexplained =
        settings.collectDiagnostics() && state.diagnostics() == null && !desired.stop();
    if (unexplained) {
      return new Effect.Diagnose(desired.attempt(), namespace, name, state.podUid(), false);
    }
    builder.reportGone(desired);
    return null;
  }

  private Effect.@Nullable Call forExistingPod(
      ReconcileResultBuilder builder, DesiredDriver desired, PodView pod) {
    if (!pod.watched() && isToBeRead(builder)) {
      return new Effect.GetPod(desired.attempt(), pod.namespace(), pod.uid());
    }
    DriverPhase phase = DriverPhase.of(pod, builder.now);
    if (phase instanceof DriverPhase.PodEnded) {
      return diagnose(desired.attempt(), pod, true);
    }
    if (pod.deleting()) {
      return forceDelete(builder, pod);
    }
    if (desired.stop() || builder.state().failure() != null) {
      return delete(pod);
    }
    if (!(phase instanceof PodPending pending)) {
      return null;
    }
    if (hasTimedOut(builder, pending)) {
      return giveUp(builder, desired, pod, pending);
    }
    boolean complete = builder.state().calls().isComplete(desired.attempt());
    return complete ? null : new Effect.CreateDriver(desired);
  }

  /** Of a pod that no watch tells of, only reading it again and again says what it does. */
  private static boolean isToBeRead(ReconcileResultBuilder builder) {
    Instant due = builder.state().calls().readAt();
    if (due != null && due.isAfter(builder.now)) {
      builder.requeueAt(due);
      return false;
    }
    return true;
  }

  private boolean hasTimedOut(ReconcileResultBuilder builder, PodPending pending) {
    Instant since = builder.state().reported().pendingSince();
    Duration within =
        switch (pending.timeout()) {
          case NONE -> null;
          case SCHEDULING -> settings.schedulingTimeout();
          case START -> settings.startTimeout();
        };
    if (since == null || within == null) {
      return false;
    }
    Instant end = since.plus(within);
    if (end.isAfter(builder.now)) {
      builder.requeueAt(end);
      return false;
    }
    return true;
  }

  private Effect.Call giveUp(
      ReconcileResultBuilder builder, DesiredDriver desired, PodView pod, PodPending pending) {
    if (settings.collectDiagnostics() && builder.state().diagnostics() == null) {
      return diagnose(desired.attempt(), pod, false);
    }
    builder.fail(FailureClassifier.ofPending(pending));
    return delete(pod);
  }

  /** Pods that no desired driver speaks for: at once while they run, later when they ended. */
  private Effect.@Nullable Call cleanUp(ReconcileResultBuilder builder) {
    PodView spokenFor = builder.state().driverPod();
    for (PodView pod : builder.state().pods().values()) {
      boolean open = !builder.state().reported().finished();
      Effect.Call call =
          pod.equals(spokenFor) && open
              ? null
              : pod.deleting() ? forceDelete(builder, pod) : cleanUpPod(builder, pod, spokenFor);
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  private Effect.@Nullable Call cleanUpPod(
      ReconcileResultBuilder builder, PodView pod, @Nullable PodView spokenFor) {
    if (pod.equals(spokenFor)) {
      return null;
    }
    Instant due = cleanUpDue(pod, builder.now);
    if (due.isAfter(builder.now)) {
      builder.requeueAt(due);
      return null;
    }
    return delete(pod);
  }

  private Instant cleanUpDue(PodView pod, Instant now) {
    if (pod.terminal()) {
      return pod.endedAt().plus(settings.retention(pod));
    }
    boolean ended = DriverPhase.of(pod, now) instanceof DriverPhase.PodEnded;
    return ended ? pod.endedAt().plus(SIDECAR_GRACE) : now;
  }

  /** Once its grace is over for long, its node does not answer any more. */
  private Effect.@Nullable Call forceDelete(ReconcileResultBuilder builder, PodView pod) {
    Instant graceEnds = pod.deletionTimestamp() == null ? builder.now : pod.deletionTimestamp();
    Instant due = graceEnds.plus(settings.forceDeletionAfter());
    if (due.isAfter(builder.now)) {
      builder.requeueAt(due);
      return null;
    }
    return new Effect.DeletePod(pod.namespace(), pod.name(), pod.uid(), true);
  }

  private static Effect.Call diagnose(Attempt attempt, PodView pod, boolean log) {
    return new Effect.Diagnose(attempt, pod.namespace(), pod.name(), pod.uid(), log);
  }

  private static Effect.Call delete(PodView pod) {
    return new Effect.DeletePod(pod.namespace(), pod.name(), pod.uid(), false);
  }
}
