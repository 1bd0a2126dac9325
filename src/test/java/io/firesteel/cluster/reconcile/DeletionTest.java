package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.DeletePod;
import io.firesteel.cluster.reconcile.Effect.GetPod;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import org.junit.jupiter.api.Test;

/** Which pods are deleted, and when. */
final class DeletionTest extends ReconcilerFixture {

  @Test
  void deletesAStoppedDriverAndReportsWhenItIsGone() {
    created();
    PodView running = SamplePods.running(2);
    state = state.withPod(running).withDesired(desired(FIRST).withPodUid("uid-1").withStop(true));

    assertThat(calls()).containsExactly(DELETE);
    apply(DELETE, new CallResult.Completed(null));
    state = state.withPod(SamplePods.deleting(running));
    assertThat(calls()).isEmpty();
    state = state.withoutPod(SamplePods.deleting(running), true);
    GetPod get = new GetPod(FIRST, "acme-jobs", "uid-1");
    assertThat(calls()).containsExactly(get);
    apply(get, new CallResult.Completed(null));
    now = now.plusSeconds(1);
    calls();

    assertThat(reported).last().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void reportsAStopThatCameBeforeTheCreation() {
    state = DriverState.EMPTY.withDesired(desired(FIRST).withStop(true));
    GetPod get = new GetPod(FIRST, "acme-jobs", null);
    for (int i = 0; i < CallState.LOOKUPS_BEFORE_LOST; i++) {
      assertThat(calls()).containsExactly(get);
      apply(get, new CallResult.Completed(null));
      now = now.plusSeconds(1);
    }
    calls();

    assertThat(reported).singleElement().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void forceDeletesAPodThatItsNodeDoesNotRelease() {
    created();
    PodView deleting = SamplePods.deleting(SamplePods.running(2));
    state = state.withPod(deleting);
    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(30).plus(SETTINGS.forceDeleteAfter());

    assertThat(calls())
        .containsExactly(new DeletePod("acme-jobs", SamplePods.driverPodName(), "uid-1", true));
  }

  @Test
  void needsAnObjectWhileItsDriverIsDesiredOrItsPodExists() {
    assertThat(state.needs(FIRST)).isTrue();
    assertThat(state.withDesired(null).needs(FIRST)).isFalse();
    Attempt second = new Attempt(FIRST.job(), FIRST.generation(), 2);
    assertThat(state.withDesired(desired(second)).needs(FIRST)).isFalse();
    assertThat(DriverState.EMPTY.withPod(SamplePods.running(1)).needs(FIRST)).isTrue();
  }

  @Test
  void deletesARunningPodThatNoJobDesires() {
    state = DriverState.EMPTY.withPod(SamplePods.running(1));

    assertThat(calls()).containsExactly(DELETE);
  }

  @Test
  void keepsAFinishedPodForItsRetention() {
    state = DriverState.EMPTY.withPod(SamplePods.ended(1, 0, "Completed"));

    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(60).plus(KEEP);
    assertThat(calls()).containsExactly(DELETE);
  }
}
