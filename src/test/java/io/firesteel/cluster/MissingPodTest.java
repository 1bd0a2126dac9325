package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.LookUp;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.inbox.Observation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pods that are not where they should be. */
final class MissingPodTest extends ReconciliationSteps {

  @Test
  void looksTwiceBeforeItCallsADriverLost() {
    track = Track.EMPTY.wanting(wanted(FIRST).seenAs("uid-1"));
    LookUp look = new LookUp("acme-jobs", Pods.name());

    assertThat(calls()).containsExactly(look);
    answer(look, new Outcome.Done(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(look);
    answer(look, new Outcome.Done(null));
    now = now.plusSeconds(1);
    assertThat(calls()).containsExactly(QUESTIONS);
    answer(QUESTIONS, new Outcome.Found(new Evidence(null, List.of("NodeNotReady: gone"))));

    assertThat(calls()).isEmpty();
    assertThat(lastTold(Observation.Gone.class).failure())
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("DriverLost");
          assertThat(failure.message()).endsWith("NodeNotReady: gone");
        });
  }

  @Test
  void neverMakesAPodAgainThatItMadeItself() {
    created();
    track = track.vanishing(Pods.pending(1), false);

    assertThat(calls()).containsExactly(new LookUp("acme-jobs", Pods.name()));
  }

  @Test
  void looksForAPodThatACompleteListDoesNotHold() {
    created();
    track = track.among("acme-jobs", 1, Set.of());

    assertThat(calls()).containsExactly(new LookUp("acme-jobs", Pods.name()));
  }

  @Test
  void doesNotMissAPodThatIsYoungerThanTheList() {
    created();
    track = track.seeing(Pods.running(7)).among("acme-jobs", 6, Set.of());

    assertThat(track.pod()).isNotNull();
  }

  @Test
  void ignoresAViewOfAPodThatIsGone() {
    created();
    track = track.vanishing(Pods.pending(2), true).seeing(Pods.pending(1));

    assertThat(track.pod()).isNull();
  }
}
