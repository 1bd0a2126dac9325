package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.GetPod;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver pod that lost the labels by which the watch finds it, and lives. */
final class RelabelledPodTest extends ReconcilerFixture {

  private static final GetPod LOOK = new GetPod(FIRST, "acme-jobs", "uid-1");

  @BeforeEach
  void theWatchTellsOfADeletion() {
    created();
    state =
        state
            .withDesired(desired(FIRST).withPodUid("uid-1"))
            .with(state.calls().objectsComplete(FIRST));
    state = PodChanges.updated(state, SamplePods.running(2));
    calls();
    reported.clear();
    state = PodChanges.deleted(state, SamplePods.running(3), true);
  }

  @Test
  void isReadAgainAndAgainAndNeverGivenUp() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      assertThat(calls()).containsExactly(LOOK);
      answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
      assertThat(calls()).isEmpty();
      Instant next = Objects.requireNonNull(reconciler.reconcile(state, now).requeueAt());
      assertThat(next).isAfter(now);
      Duration pause = Duration.between(now, next);
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      now = next;
    }

    assertThat(reported).isEmpty();
    assertThat(longest).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
  }

  @Test
  void isToldFinishedWhenItEnds() {
    calls();
    answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
    calls();
    now = now.plusSeconds(60);
    assertThat(calls()).containsExactly(LOOK);
    answer(LOOK, new CallResult.Completed(SamplePods.ended(7, 0, "Completed").unwatched()));
    calls();

    assertThat(reported)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Finished.class, end -> assertThat(end.failure()).isNull());
  }

  @Test
  void isToldGoneOnlyOnceALiveReadFindsItSo() {
    assertThat(calls()).containsExactly(LOOK);
    assertThat(reported).isEmpty();
    answer(LOOK, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(DIAGNOSE_WITHOUT_LOG);
    answer(DIAGNOSE_WITHOUT_LOG, new CallResult.Diagnosed(Diagnostics.NONE));
    calls();

    assertThat(lastReported(Observation.Gone.class).failure().reason()).isEqualTo("DriverDeleted");
  }

  @Test
  void isWatchedAgainOnceItsLabelsAreBack() {
    calls();
    answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
    state = PodChanges.updated(state, SamplePods.running(8));
    now = now.plusSeconds(60);

    assertThat(calls()).isEmpty();
  }

  @Test
  void isNotMissedByAListThatCannotHoldIt() {
    calls();
    answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
    state = state.afterList("acme-jobs", 99, Set.of());

    assertThat(state.driverPod()).isNotNull();
  }

  @Test
  void isReadBetweenDeletionsUntilItIsGone() {
    calls();
    answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
    state = state.withDesired(desired(FIRST).withPodUid("uid-1").withStop());
    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new CallResult.Completed(null));
    now = now.plusSeconds(6);
    assertThat(calls()).containsExactly(LOOK);
    answer(LOOK, new CallResult.Completed(SamplePods.deleting(SamplePods.running(4)).unwatched()));
    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(30);
    assertThat(calls()).containsExactly(LOOK);
    answer(LOOK, new CallResult.Completed(null));
    for (int i = 0; i < Reconciler.LOOKUPS_BEFORE_LOST; i++) {
      now = now.plusSeconds(1);
      calls().forEach(call -> answer(call, new CallResult.Completed(null)));
    }

    assertThat(reported).last().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void isForgottenWhenItIsDeletedAfterItsJob() {
    calls();
    answer(LOOK, new CallResult.Completed(SamplePods.running(3).unwatched()));
    state = state.withDesired(null);

    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new CallResult.Completed(null));

    assertThat(state.canBeForgotten()).isTrue();
  }
}
