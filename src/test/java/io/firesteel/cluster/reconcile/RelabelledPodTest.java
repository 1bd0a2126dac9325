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

/** A driver pod that runs on after it lost the labels by which the watch finds it. */
final class RelabelledPodTest extends ReconcilerFixture {

  private static final GetPod GET = new GetPod(FIRST, "acme-jobs", "uid-1");

  @BeforeEach
  void reportADeletion() {
    created();
    state =
        state
            .withDesired(desired(FIRST).withPodUid("uid-1"))
            .with(state.calls().objectsComplete(FIRST));
    state = PodChanges.updated(state, SamplePods.running(2), SamplePods.INSTALLATION);
    calls();
    reported.clear();
    state = PodChanges.deleted(state, SamplePods.running(3), SamplePods.INSTALLATION);
  }

  @Test
  void isReadAgainAndAgainAndNeverReportedGone() {
    Duration maxPause = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      assertThat(calls()).containsExactly(GET);
      apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
      assertThat(calls()).isEmpty();
      Instant next = Objects.requireNonNull(Reconciler.reconcile(SETTINGS, state, now).requeueAt());
      assertThat(next).isAfter(now);
      Duration pause = Duration.between(now, next);
      maxPause = pause.compareTo(maxPause) > 0 ? pause : maxPause;
      now = next;
    }

    assertThat(reported).isEmpty();
    assertThat(maxPause).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
  }

  @Test
  void isReportedFinishedWhenItEnds() {
    calls();
    apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
    calls();
    now = now.plusSeconds(60);
    assertThat(calls()).containsExactly(GET);
    apply(GET, new CallResult.Completed(SamplePods.ended(7, 0, "Completed").withWatched(false)));
    calls();

    assertThat(reported)
        .singleElement()
        .isInstanceOfSatisfying(
            Observation.Finished.class, end -> assertThat(end.failure()).isNull());
  }

  @Test
  void isReportedGoneOnceALiveReadDoesNotFindIt() {
    assertThat(calls()).containsExactly(GET);
    assertThat(reported).isEmpty();
    apply(GET, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(DIAGNOSE_WITHOUT_LOG);
    apply(DIAGNOSE_WITHOUT_LOG, new CallResult.Diagnosed(Diagnostics.NONE));
    calls();

    assertThat(lastReported(Observation.Gone.class).failure().reason()).isEqualTo("DriverDeleted");
  }

  @Test
  void isReadNoMoreOnceItsLabelsAreBack() {
    calls();
    apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
    state = PodChanges.updated(state, SamplePods.running(8), SamplePods.INSTALLATION);
    now = now.plusSeconds(60);

    assertThat(calls()).isEmpty();
  }

  @Test
  void isNotRemovedByAListThatCannotIncludeIt() {
    calls();
    apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
    state = state.afterList("acme-jobs", 99, Set.of());

    assertThat(state.driverPod()).isNotNull();
  }

  @Test
  void isReadAfterItsDeletionUntilItIsGone() {
    calls();
    apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
    state = state.withDesired(desired(FIRST).withPodUid("uid-1").withStop(true));
    assertThat(calls()).containsExactly(DELETE);
    apply(DELETE, new CallResult.Completed(null));
    now = now.plusSeconds(6);
    assertThat(calls()).containsExactly(GET);
    apply(
        GET,
        new CallResult.Completed(SamplePods.deleting(SamplePods.running(4)).withWatched(false)));
    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(30);
    assertThat(calls()).containsExactly(GET);
    apply(GET, new CallResult.Completed(null));
    for (int i = 0; i < CallState.LOOKUPS_BEFORE_LOST; i++) {
      now = now.plusSeconds(1);
      calls().forEach(call -> apply(call, new CallResult.Completed(null)));
    }

    assertThat(reported).last().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void isForgottenOnceItIsDeletedAfterItsJob() {
    calls();
    apply(GET, new CallResult.Completed(SamplePods.running(3).withWatched(false)));
    state = state.withDesired(null);

    assertThat(calls()).containsExactly(DELETE);
    apply(DELETE, new CallResult.Completed(null));

    assertThat(state.canBeForgotten()).isTrue();
  }
}
