package io.firesteel.cluster.reconcile;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard does next about one job: a pure function of what it knows and the time. Calling it
 * again without news gives nothing new.
 */
public final class Reconciler {

  static final String STARTED = "Started";
  static final String FINISHED = "Finished";

  /** Live reads that must find nothing before a driver is called lost. */
  public static final int LOOKUPS_BEFORE_LOST = 2;

  private final ReconcilerSettings settings;
  private final CallPlanner callPlanner;

  public Reconciler(ReconcilerSettings settings) {
    this.settings = settings;
    this.callPlanner = new CallPlanner(settings);
  }

  /**
   * What to do.
   *
   * @param effects in this order
   * @param requeueAt when to look again even if nothing happens
   */
  public record ReconcileResult(
      DriverState state, List<Effect> effects, @Nullable Instant requeueAt) {}

  /** What follows from the track. */
  public ReconcileResult reconcile(DriverState state, Instant now) {
    ReconcileResultBuilder builder = new ReconcileResultBuilder(state, now);
    DesiredDriver desired = state.desired();
    PodView pod = state.driverPod();
    if (desired != null && pod != null && !state.reported().finished()) {
      report(builder, desired, pod);
    }
    if (mayCall(builder)) {
      builder.call(callPlanner.next(builder));
    }
    builder.dropUnneededSpec();
    return builder.build();
  }

  private static boolean mayCall(ReconcileResultBuilder builder) {
    CallState callState = builder.state().calls();
    Instant notBefore = callState.notBefore();
    if (notBefore != null && notBefore.isAfter(builder.now)) {
      builder.requeueAt(notBefore);
      return false;
    }
    return !callState.inFlight();
  }

  private void report(ReconcileResultBuilder builder, DesiredDriver desired, PodView pod) {
    builder.reportCreated(desired, pod);
    builder.reportExecutors(desired);
    switch (DriverPhase.of(pod, builder.now)) {
      case DriverPhase.PodPending pending -> builder.reportPending(desired, pending);
      case DriverPhase.PodRunning running ->
          builder.reportStarted(desired, running.since(), pod.node());
      case DriverPhase.PodEnded ended -> reportEnded(builder, desired, pod, ended);
    }
  }

  private void reportEnded(
      ReconcileResultBuilder builder,
      DesiredDriver desired,
      PodView pod,
      DriverPhase.PodEnded ended) {
    if (ended.failure() == null) {
      builder.reportFinished(desired, ended.at(), null);
      return;
    }
    // A pod that was given up and deleted for it ends without a word; the reason is known already.
    Failure known = builder.state().failure();
    Failure failure = known == null ? ended.failure() : known;
    Diagnostics diagnostics = builder.state().diagnostics();
    if (diagnostics != null || !settings.collectDiagnostics()) {
      Diagnostics found = diagnostics == null ? Diagnostics.NONE : diagnostics;
      Failure explained = FailureClassifier.withDiagnostics(failure, pod.exitException(), found);
      builder.reportFinished(desired, ended.at(), explained);
    }
  }

  /** Whether an object that no pod owns belongs to nothing that lives. */
  public static boolean isOrphan(DriverState state, Attempt attempt) {
    DesiredDriver desired = state.desired();
    boolean wanted = desired != null && !attempt.isBefore(desired.attempt());
    return !wanted && state.pods().values().stream().noneMatch(p -> p.attempt().equals(attempt));
  }
}
