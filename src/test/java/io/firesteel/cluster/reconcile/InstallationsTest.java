package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.INSTALLATION;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Driver pods of this installation, of another, and of releases that did not label them. */
final class InstallationsTest extends ReconcilerFixture {

  private static final String ANOTHER = "another";

  static final List<PodView> NOT_OURS =
      Stream.of(SamplePods.running(9), SamplePods.ended(9, 0, "Completed"))
          .flatMap(pod -> Stream.of(of(ANOTHER, pod), of("", pod), of(null, pod)))
          .toList();

  @Test
  void anOrphanOfThisInstallationIsDeleted() {
    state = PodChanges.updated(DriverState.EMPTY, SamplePods.running(9), INSTALLATION);

    assertThat(calls()).containsExactly(DELETE);
  }

  @ParameterizedTest
  @FieldSource("NOT_OURS")
  void anOrphanWithoutTheLabelOfThisInstallationIsLeftAloneAndForgotten(PodView orphan) {
    state = PodChanges.updated(DriverState.EMPTY, orphan, INSTALLATION);
    state = PodChanges.updated(state, SamplePods.deleting(orphan), INSTALLATION);
    now = now.plus(KEEP).plus(KEEP);

    assertThat(calls()).isEmpty();
    assertThat(state.canBeForgotten()).isTrue();
  }

  @Test
  void theDriverOfAnotherInstallationWithTheSameNameIsNeitherTheDriverNorADuplicate() {
    PodView theirs = of(ANOTHER, SamplePods.duplicate("uid-2", SamplePods.running(9)));
    state = PodChanges.updated(state, theirs, INSTALLATION);
    assertThat(calls()).containsExactly(new CreateDriver(desired(FIRST)));

    state = DriverState.EMPTY.withDesired(desired(FIRST).withPodUid("uid-1"));
    state = PodChanges.updated(state, SamplePods.running(2), INSTALLATION);
    state = PodChanges.updated(state, theirs, INSTALLATION);
    state = PodChanges.deleted(state, theirs, INSTALLATION);
    state = state.with(state.calls().objectsComplete(FIRST));
    assertThat(calls()).isEmpty();
    assertThat(state.driverPod()).isEqualTo(SamplePods.running(2));
  }

  @Test
  void aDriverOfAnEarlierReleaseCountsWhileItsJobWantsItAndIsDeletedAfterwards() {
    state = PodChanges.updated(state, of(null, SamplePods.running(9)), INSTALLATION);
    state = state.with(state.calls().objectsComplete(FIRST));
    assertThat(calls()).isEmpty();
    assertThat(state.driverPod()).isNotNull();

    state = state.withDesired(null);
    assertThat(calls()).containsExactly(DELETE);
  }

  @ParameterizedTest
  @FieldSource("NOT_OURS")
  void aKnownDriverThatLosesItsLabelStillCounts(PodView relabelled) {
    PodView known = SamplePods.running(2);
    DriverState byPod = PodChanges.updated(state, known, INSTALLATION);
    DriverState byUid = state.withDesired(desired(FIRST).withPodUid(known.uid()));

    assertThat(PodChanges.updated(byPod, relabelled, INSTALLATION).driverPod())
        .isEqualTo(relabelled);
    assertThat(PodChanges.updated(byUid, relabelled, INSTALLATION).driverPod())
        .isEqualTo(relabelled);
  }

  /** The generated method does not repeat that the installation may be null. */
  @SuppressWarnings("NullAway")
  private static PodView of(@Nullable String installation, PodView pod) {
    return pod.withInstallation(installation);
  }
}
