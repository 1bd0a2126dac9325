package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.DriverPhase.PodEnded;
import io.firesteel.cluster.reconcile.DriverPhase.PodPending;
import io.firesteel.cluster.reconcile.DriverPhase.PodRunning;
import io.firesteel.cluster.reconcile.ReportedStatus.PendingSince;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do next about one job: what to report to the inbox, and the one call to the API
 * server that the job needs most. A pure function of the state and the time; without a change, a
 * second reconciliation asks for nothing new.
 */
public final class Reconciler {

  /** How long sidecars may outlive the driver's container. */
  private static final Duration SIDECAR_GRACE = Duration.ofSeconds(30);

  private final ReconcilerSettings settings;
  private final Instant now;
  private final List<Effect> effects = new ArrayList<>();
  private DriverState state;
  private @Nullable Instant requeueAt;

  private Reconciler(ReconcilerSettings settings, DriverState state, Instant now) {
    this.settings = settings;
    this.state = state;
    this.now = now;
  }

  /**
   * The result of a reconciliation.
   *
   * @param effects to carry out in this order
   * @param requeueAt when to reconcile again, even if nothing changes; null for never
   */
  public record ReconcileResult(
      DriverState state, List<Effect> effects, @Nullable Instant requeueAt) {}

  /** The effects to carry out now, and the state that expects them. */
  public static ReconcileResult reconcile(
      ReconcilerSettings settings, DriverState state, Instant now) {
    return new Reconciler(settings, state, now).reconcile();
  }

  private ReconcileResult reconcile() {
    DesiredDriver desired = state.desired();
    PodView pod = state.driverPod();
    if (desired != null && pod != null && !state.reported().isFinished()) {
      report(desired, reports -> reportPod(reports, pod));
    }
    Effect.Call call = mayCall() ? nextCall() : null;
    if (call != null) {
      effects.add(call);
      state = state.with(state.calls().started());
    }
    return new ReconcileResult(state.withoutUnneededSpec(now), List.copyOf(effects), requeueAt);
  }

  private void report(DesiredDriver desired, Consumer<DriverReports> what) {
    DriverReports reports = new DriverReports(desired, state, now);
    what.accept(reports);
    effects.addAll(reports.reports());
    state = reports.state();
  }

  private void reportPod(DriverReports reports, PodView pod) {
    reports.created(pod);
    reports.executors();
    switch (DriverPhase.of(pod, now)) {
      case PodPending pending -> reports.pending(pending);
      case PodRunning(Instant since) -> {
        reports.started(since, pod.node());
        reports.ready(pod.readyAt());
      }
      case PodEnded ended -> reportEnded(reports, pod, ended);
    }
  }

  private void reportEnded(DriverReports reports, PodView pod, PodEnded ended) {
    if (ended.failure() == null) {
      reports.succeeded(pod, ended.at());
      return;
    }
    // The status of a pod that was deleted after a timeout does not mention the timeout.
    Failure failure = state.failure() == null ? ended.failure() : state.failure();
    Diagnostics diagnostics = state.diagnostics();
    if (diagnostics != null || !settings.collectDiagnostics()) {
      Diagnostics found = diagnostics == null ? Diagnostics.NONE : diagnostics;
      reports.failed(ended.at(), FailureClassifier.explain(failure, pod, found));
    }
  }

  private void requeueNoLaterThan(Instant at) {
    if (requeueAt == null || at.isBefore(requeueAt)) {
      requeueAt = at;
    }
  }

  /** Whether a time has come; if not, requeues the job for that time. */
  private boolean dueOrRequeue(Instant at) {
    if (at.isAfter(now)) {
      requeueNoLaterThan(at);
      return false;
    }
    return true;
  }

  private boolean mayCall() {
    Instant notBefore = state.calls().nextCall().notBefore();
    return (notBefore == null || dueOrRequeue(notBefore)) && !state.calls().inFlight();
  }

  private Effect.@Nullable Call nextCall() {
    PodView duplicate = state.duplicatePod();
    if (duplicate != null && !duplicate.deleting()) {
      return delete(duplicate);
    }
    DesiredDriver desired = state.desired();
    if (desired != null && !state.reported().isFinished()) {
      PodView pod = state.driverPod();
      Effect.Call call = pod == null ? forMissingPod(desired) : forExistingPod(desired, pod);
      if (call != null) {
        return call;
      }
    }
    return cleanUp();
  }

  private Effect.@Nullable Call forMissingPod(DesiredDriver desired) {
    boolean existed = state.podUid() != null || state.calls().isComplete(desired.attempt());
    Failure failure = state.failure();
    if (!existed && failure != null) {
      report(desired, reports -> reports.rejected(failure));
      return null;
    }
    if (!existed && !desired.stop()) {
      return new Effect.CreateDriver(desired);
    }
    String namespace = desired.placement().namespace();
    if (state.calls().notFoundCount() < CallState.LOOKUPS_BEFORE_LOST) {
      return new Effect.GetPod(desired.attempt(), namespace, state.podUid());
    }
    String name = DriverNames.of(desired.attempt()).pod();
    if (settings.collectDiagnostics() && state.diagnostics() == null && !desired.stop()) {
      return new Effect.Diagnose(desired.attempt(), namespace, name, state.podUid(), null);
    }
    report(desired, DriverReports::gone);
    return null;
  }

  private Effect.@Nullable Call forExistingPod(DesiredDriver desired, PodView pod) {
    if (!pod.watched() && isReadDue()) {
      return new Effect.GetPod(desired.attempt(), pod.namespace(), pod.uid());
    }
    DriverPhase phase = DriverPhase.of(pod, now);
    if (phase instanceof PodEnded) {
      return diagnose(pod, pod.endedContainer());
    }
    if (pod.deleting()) {
      return isForceDeletionDue(pod) ? delete(pod) : null;
    }
    if (desired.stop() || state.failure() != null) {
      return delete(pod);
    }
    if (!(phase instanceof PodPending pending)) {
      return null;
    }
    if (hasTimedOut(pending)) {
      return giveUp(pod, pending);
    }
    boolean complete = state.calls().isComplete(desired.attempt());
    return complete ? null : new Effect.CreateDriver(desired);
  }

  /** Only live reads show what becomes of a pod that the watch does not report. */
  private boolean isReadDue() {
    Instant readAt = state.calls().polling().readAt();
    return readAt == null || dueOrRequeue(readAt);
  }

  private boolean hasTimedOut(PodPending pending) {
    PendingSince began = state.reported().pending();
    Duration timeout =
        switch (pending.timeout()) {
          case NONE -> null;
          case SCHEDULING -> settings.schedulingTimeout();
          case START -> settings.startTimeout();
        };
    return began != null && timeout != null && dueOrRequeue(began.since().plus(timeout));
  }

  private Effect.Call giveUp(PodView pod, PodPending pending) {
    if (settings.collectDiagnostics() && state.diagnostics() == null) {
      return diagnose(pod, null);
    }
    state = state.failedWith(pending.timedOut());
    return delete(pod);
  }

  /**
   * Deletes the next pod that no desired driver needs: a running one now, an ended one after its
   * retention, one that only sidecars keep alive after {@link #SIDECAR_GRACE}; by force if its
   * deletion is overdue.
   */
  private Effect.@Nullable Call cleanUp() {
    PodView needed = state.driverPod();
    for (PodView pod : state.pods().driverPods().values()) {
      boolean isNeeded = pod.equals(needed);
      if (isNeeded && !state.reported().isFinished()) {
        continue;
      }
      if (pod.deleting() ? isForceDeletionDue(pod) : !isNeeded && dueOrRequeue(cleanUpAt(pod))) {
        return delete(pod);
      }
    }
    return null;
  }

  private Instant cleanUpAt(PodView pod) {
    if (pod.terminal()) {
      return pod.endedAt().plus(settings.retention(pod));
    }
    boolean ended = DriverPhase.of(pod, now) instanceof PodEnded;
    return ended ? pod.endedAt().plus(SIDECAR_GRACE) : now;
  }

  /** If a pod far outlives its grace period, its node no longer responds. */
  private boolean isForceDeletionDue(PodView pod) {
    Instant graceEnds = pod.deletionTimestamp() == null ? now : pod.deletionTimestamp();
    return dueOrRequeue(graceEnds.plus(settings.forceDeleteAfter()));
  }

  private static Effect.Call diagnose(PodView pod, @Nullable String container) {
    return new Effect.Diagnose(pod.attempt(), pod.namespace(), pod.name(), pod.uid(), container);
  }

  /** By force if its deletion was requested before. */
  private static Effect.Call delete(PodView pod) {
    return new Effect.DeletePod(pod.namespace(), pod.name(), pod.uid(), pod.deleting());
  }
}
