package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.cluster.reconcile.Effect.DeletePod;
import io.firesteel.cluster.reconcile.Effect.Diagnose;
import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The state of one attempt, and what was reported about it. */
abstract class ReconcilerFixture {

  static final Duration KEEP = Duration.ofHours(1);
  static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  static final Duration SCHEDULING_TIMEOUT = Duration.ofMinutes(15);
  static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(
          SamplePods.INSTALLATION,
          KEEP,
          null,
          START_TIMEOUT,
          SCHEDULING_TIMEOUT,
          Duration.ofMinutes(2),
          true);
  static final Diagnose DIAGNOSE_WITH_LOG =
      new Diagnose(
          FIRST, "acme-jobs", SamplePods.driverPodName(), "uid-1", "spark-kubernetes-driver");
  static final Diagnose DIAGNOSE_WITHOUT_LOG =
      new Diagnose(FIRST, "acme-jobs", SamplePods.driverPodName(), "uid-1", null);
  static final DeletePod DELETE =
      new DeletePod("acme-jobs", SamplePods.driverPodName(), "uid-1", false);

  final List<Observation> reported = new ArrayList<>();
  DriverState state = DriverState.EMPTY.withDesired(desired(FIRST));
  Instant now = NOON;

  void created() {
    calls();
    apply(new CreateDriver(desired(FIRST)), new CallResult.Completed(SamplePods.pending(1)));
    calls();
  }

  List<Effect.Call> calls() {
    Reconciler.ReconcileResult result = Reconciler.reconcile(SETTINGS, state, now);
    state = result.state();
    List<Effect.Call> calls = new ArrayList<>();
    for (Effect effect : result.effects()) {
      switch (effect) {
        case Report(String cohort, Observation observation) -> reported.add(observation);
        case Effect.Call call -> calls.add(call);
      }
    }
    return calls;
  }

  void apply(Effect.Call call, CallResult result) {
    state = CallResults.apply(FIRST.job(), state, call, result, now);
  }

  <T extends Observation> T lastReported(Class<T> type) {
    assertThat(reported).last().isInstanceOf(type);
    return type.cast(reported.getLast());
  }
}
