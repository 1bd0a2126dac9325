package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.NOON;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Delete;
import io.firesteel.cluster.Effect.LookUp;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.inbox.Observation;
import org.junit.jupiter.api.Test;

/** Which pods and objects are taken away, and when. */
final class DeletionTest extends ReconciliationSteps {

  @Test
  void deletesADriverThatShouldStopAndTellsWhenItIsGone() {
    created();
    PodView running = Pods.running(2);
    track = track.seeing(running).wanting(wanted(FIRST).seenAs("uid-1").stopped());

    assertThat(calls()).containsExactly(DELETE);
    answer(DELETE, new Outcome.Done(null));
    track = track.seeing(Pods.deleting(running));
    assertThat(calls()).isEmpty();
    track = track.vanishing(Pods.deleting(running), true);
    calls();

    assertThat(told).last().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void answersAStopThatCameBeforeTheCreation() {
    track = Track.EMPTY.wanting(wanted(FIRST).stopped());
    LookUp look = new LookUp("acme-jobs", Pods.name());
    for (int i = 0; i < Reconciliation.LOOKS; i++) {
      assertThat(calls()).containsExactly(look);
      answer(look, new Outcome.Done(null));
      now = now.plusSeconds(1);
    }
    calls();

    assertThat(told).singleElement().isInstanceOf(Observation.Gone.class);
  }

  @Test
  void removesByForceWhatItsNodeDoesNotLetGo() {
    created();
    PodView deleting = Pods.deleting(Pods.running(2));
    track = track.seeing(deleting);
    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(30).plus(LIMITS.forceAfter());

    assertThat(calls()).containsExactly(new Delete("acme-jobs", Pods.name(), "uid-1", true));
  }

  @Test
  void takesObjectsForLeftoversOnlyWhenNothingLivesThatNeedsThem() {
    assertThat(Reconciliation.isLeftover(track, FIRST)).isFalse();
    assertThat(Reconciliation.isLeftover(track.wanting(null), FIRST)).isTrue();
    assertThat(Reconciliation.isLeftover(track.wanting(wanted(FIRST.next())), FIRST)).isTrue();
    assertThat(Reconciliation.isLeftover(Track.EMPTY.seeing(Pods.running(1)), FIRST)).isFalse();
  }

  @Test
  void deletesARunningPodThatNobodyWants() {
    track = Track.EMPTY.seeing(Pods.running(1));

    assertThat(calls()).containsExactly(DELETE);
  }

  @Test
  void keepsAFinishedPodForAWhile() {
    track = Track.EMPTY.seeing(Pods.ended(1, 0, "Completed"));

    assertThat(calls()).isEmpty();
    now = NOON.plusSeconds(60).plus(KEEP);
    assertThat(calls()).containsExactly(DELETE);
  }
}
