package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.inbox.Observation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods that others made with the labels and annotations of a job. */
final class ForeignPodTest extends ReconcilerFixture {

  static List<PodView> states() {
    return List.of(
        SamplePods.pending(9),
        SamplePods.running(9),
        SamplePods.ended(9, 0, "Completed"),
        SamplePods.ended(9, 1, "Error"),
        SamplePods.deleting(SamplePods.running(9)));
  }

  static Stream<PodView> foreign() {
    return states().stream().flatMap(pod -> Stream.of(elsewhere(pod), withAnotherName(pod)));
  }

  static Stream<Arguments> foreignAndWhetherItIsDeleted() {
    return foreign().flatMap(pod -> Stream.of(Arguments.of(pod, true), Arguments.of(pod, false)));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void doesNotReplaceADriverThatIsNotCreatedYet(PodView foreign) {
    state = PodChanges.updated(state, foreign, SamplePods.INSTALLATION);

    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));
    assertThat(reported).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void isNotMistakenForTheDriverWhenItIsOlderThanTheJob(PodView foreign) {
    state =
        PodChanges.updated(DriverState.EMPTY, foreign, SamplePods.INSTALLATION)
            .withDesired(desired(FIRST));

    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));
    assertThat(reported).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("foreignAndWhetherItIsDeleted")
  void changesNothingWhileTheDriverRuns(PodView foreign, boolean deleted) {
    startRunning();

    state = PodChanges.updated(state, foreign, SamplePods.INSTALLATION);
    state = deleted ? PodChanges.deleted(state, foreign, SamplePods.INSTALLATION) : state;

    assertThat(calls()).isEmpty();
    assertThat(reported).isEmpty();
    assertThat(state.driverPod()).isEqualTo(SamplePods.running(2));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void doesNotReplaceADeletedDriver(PodView foreign) {
    startRunning();
    state = PodChanges.deleted(state, SamplePods.running(3), SamplePods.INSTALLATION);
    state = PodChanges.updated(state, foreign, SamplePods.INSTALLATION);

    calls();

    assertThat(state.driverPod()).isNull();
    assertThat(reported).noneMatch(Observation.Finished.class::isInstance);
  }

  @Test
  void isNotCountedAsAnExecutor() {
    startRunning();
    PodView withoutOwner = executor("without-owner", null, "acme-jobs");
    PodView ofAnotherDriver = executor("anothers", "uid-9", "acme-jobs");
    PodView elsewhere = executor("elsewhere", "uid-1", "globex-jobs");

    for (PodView pod : List.of(withoutOwner, ofAnotherDriver, elsewhere)) {
      state = PodChanges.updated(state, pod, SamplePods.INSTALLATION);
    }

    assertThat(calls()).isEmpty();
    assertThat(reported).isEmpty();
  }

  @Test
  void countsAnExecutorOfTheDriverBeforeAdmissionKnowsThePod() {
    state = DriverState.EMPTY.withDesired(desired(FIRST));
    state = PodChanges.updated(state, SamplePods.running(2), SamplePods.INSTALLATION);
    state =
        PodChanges.updated(state, executor("own", "uid-1", "acme-jobs"), SamplePods.INSTALLATION);

    calls();

    assertThat(lastReported(Observation.Started.class)).isNotNull();
    assertThat(reported).anyMatch(Observation.ExecutorsCounted.class::isInstance);
  }

  @Test
  void ignoresAListOfAnotherNamespace() {
    startRunning();
    state = state.afterList("globex-jobs", 99, Set.of());

    assertThat(state.driverPod()).isEqualTo(SamplePods.running(2));
  }

  private void startRunning() {
    created();
    state =
        PodChanges.updated(
            state.withDesired(desired(FIRST).withPodUid("uid-1")),
            SamplePods.running(2),
            SamplePods.INSTALLATION);
    state = state.with(state.calls().objectsComplete(FIRST));
    calls();
    reported.clear();
  }

  private static PodView elsewhere(PodView pod) {
    return SamplePods.duplicate("uid-2", pod).with(foreign -> foreign.namespace("globex-jobs"));
  }

  /** As it is read: a pod without the driver's name is no driver pod. */
  private static PodView withAnotherName(PodView pod) {
    return ownedBy(null, pod.withIsDriver(false).withName("looks-like-it").withUid("uid-2"));
  }

  private static PodView executor(String uid, @Nullable String owner, String namespace) {
    PodView executor = SamplePods.executor(uid, SamplePods.running(5));
    return ownedBy(owner, executor.withNamespace(namespace));
  }

  /** The generated method does not repeat that the uid may be null. */
  @SuppressWarnings("NullAway")
  private static PodView ownedBy(@Nullable String driverUid, PodView pod) {
    return pod.withDriverUid(driverUid);
  }
}
