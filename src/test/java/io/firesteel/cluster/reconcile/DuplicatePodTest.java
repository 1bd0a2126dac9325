package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.cluster.reconcile.Effect.DeletePod;
import io.firesteel.cluster.reconcile.Effect.Diagnose;
import io.firesteel.cluster.reconcile.Effect.GetPod;
import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second driver pod of one attempt, which a delayed creation makes once the first is gone. */
final class DuplicatePodTest {

  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(
          SamplePods.INSTALLATION,
          Duration.ofHours(1),
          null,
          Duration.ofMinutes(2),
          Duration.ofMinutes(15),
          Duration.ofMinutes(2),
          true);
  private static final DesiredDriver KNOWN = desired(FIRST).withPodUid("uid-1");
  private static final PodView DUPLICATE = SamplePods.duplicate("uid-2", SamplePods.running(9));
  private static final DeletePod DELETE =
      new DeletePod("acme-jobs", SamplePods.driverPodName(), "uid-2", false);
  private static final GetPod GET = new GetPod(FIRST, "acme-jobs", "uid-1");

  private final List<Observation> reported = new ArrayList<>();
  private Instant now = NOON;

  static List<PodView> latePods() {
    return List.of(
        SamplePods.duplicate("uid-2", SamplePods.pending(9)),
        SamplePods.duplicate("uid-2", SamplePods.running(9)),
        SamplePods.duplicate("uid-2", SamplePods.ended(9, 0, "Completed")),
        SamplePods.duplicate("uid-2", SamplePods.ended(9, 1, "Error")));
  }

  @ParameterizedTest
  @MethodSource("latePods")
  void isDeletedAtOnceAndReportsNothing(PodView late) {
    step(DriverState.EMPTY.withDesired(KNOWN).withPod(late), DELETE);

    assertThat(reported).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("latePods")
  void isRecognizedByTheUidThatWasReportedFirst(PodView late) {
    DriverState state =
        step(DriverState.EMPTY.withDesired(desired(FIRST)).withPod(SamplePods.running(1)));
    reported.clear();
    state = gone(state, SamplePods.running(1));

    step(state.withPod(late), DELETE);

    assertThat(reported).isEmpty();
  }

  @Test
  void isDeletedOnceAdmissionNamesTheOther() {
    DriverState state = step(DriverState.EMPTY.withDesired(desired(FIRST)).withPod(DUPLICATE));

    step(state.withDesired(KNOWN), DELETE);
  }

  @Test
  void isNotMistakenForAMissingDriver() {
    DriverState state = removed(DriverState.EMPTY.withDesired(KNOWN).withPod(DUPLICATE));
    for (int i = 0; i < CallState.LOOKUPS_BEFORE_LOST; i++) {
      state =
          apply(step(state, GET), GET, new CallResult.Completed(SamplePods.deleting(DUPLICATE)));
    }
    Diagnose diagnose = new Diagnose(FIRST, "acme-jobs", SamplePods.driverPodName(), "uid-1", null);
    step(apply(step(state, diagnose), diagnose, new CallResult.Diagnosed(Diagnostics.NONE)));

    assertThat(reported)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Gone.class,
            end -> assertThat(end.failure().reason()).isEqualTo("DriverLost"));
  }

  @Test
  void isDeletedWithoutEndingTheDriver() {
    DriverState state = step(DriverState.EMPTY.withDesired(KNOWN).withPod(SamplePods.running(1)));
    state = gone(removed(state.withPod(DUPLICATE)), SamplePods.deleting(DUPLICATE));

    step(state);

    assertThat(state.driverPod()).isEqualTo(SamplePods.running(1));
    assertThat(state.failure()).isNull();
    assertThat(state.calls().notFoundCount()).isZero();
    assertThat(reported).doesNotHaveAnyElementsOfTypes(Observation.Gone.class);
  }

  @Test
  void doesNotChangeAReportedEnd() {
    DriverState state =
        step(DriverState.EMPTY.withDesired(KNOWN).withPod(SamplePods.ended(1, 0, "Completed")));
    assertThat(reported).last().isInstanceOf(Observation.Finished.class);
    reported.clear();
    state = gone(removed(state.withPod(DUPLICATE)), SamplePods.deleting(DUPLICATE));

    step(state);

    assertThat(reported).isEmpty();
  }

  @Test
  void doesNotBecomeTheDriverWhenACreationFindsIt() {
    CreateDriver create = new CreateDriver(KNOWN);
    DriverState state =
        step(DriverState.EMPTY.withDesired(KNOWN).withPod(SamplePods.pending(1)), create);
    reported.clear();

    step(apply(state, create, new CallResult.Completed(DUPLICATE)), DELETE);

    assertThat(reported).isEmpty();
  }

  @Test
  void isForceDeletedWhenItsNodeDoesNotReleaseIt() {
    DriverState state = step(DriverState.EMPTY.withDesired(KNOWN).withPod(SamplePods.running(1)));
    state = removed(state.withPod(DUPLICATE)).withPod(SamplePods.deleting(DUPLICATE));
    now = NOON.plusSeconds(30).plus(SETTINGS.forceDeleteAfter());

    step(state, new DeletePod("acme-jobs", SamplePods.driverPodName(), "uid-2", true));
  }

  @Test
  void hasExecutorsThatDoNotCount() {
    PodView first = SamplePods.executor("executor-1", SamplePods.running(2));
    PodView second = SamplePods.executor("executor-2", DUPLICATE);
    DriverState state = DriverState.EMPTY.withDesired(KNOWN).withPod(SamplePods.running(1));
    state = PodChanges.updated(state, first, SamplePods.INSTALLATION);
    state = PodChanges.updated(state, second, SamplePods.INSTALLATION);
    state = PodChanges.deleted(state, second, SamplePods.INSTALLATION);

    assertThat(state.pods().executors().count())
        .isEqualTo(new ExecutorPods.ExecutorCount(Set.of("executor-1"), 1));
  }

  private DriverState removed(DriverState state) {
    DriverState after = apply(step(state, DELETE), DELETE, new CallResult.Completed(null));
    return after.withPod(SamplePods.deleting(DUPLICATE));
  }

  private DriverState gone(DriverState state, PodView pod) {
    return PodChanges.deleted(state, pod, SamplePods.INSTALLATION);
  }

  /** Reconciles, and asserts the calls. */
  private DriverState step(DriverState state, Effect.Call... expected) {
    Reconciler.ReconcileResult result = Reconciler.reconcile(SETTINGS, state, now);
    List<Effect> calls = new ArrayList<>(result.effects());
    calls.removeIf(effect ->
        effect instanceof Report(String cohort, Observation observation)
            && reported.add(observation));
    assertThat(calls).containsExactly(expected);
    return result.state();
  }

  private DriverState apply(DriverState state, Effect.Call call, CallResult result) {
    DriverState after = CallResults.apply(FIRST.job(), state, call, result, now);
    Instant notBefore = after.calls().nextCall().notBefore();
    now = notBefore == null ? now : notBefore;
    return after;
  }
}
