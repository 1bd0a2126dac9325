package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.NOON;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.job.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job id that is used again while a pod of its earlier use is kept. */
final class ReusedIdTest extends ReconciliationSteps {

  private static final Attempt LATER = new Attempt(FIRST.job(), FIRST.generation() + 1, 1);
  private static final List<Duration> TIMES =
      List.of(Duration.ZERO, Duration.ofSeconds(30), KEEP, Duration.ofDays(7), Duration.ofDays(30));

  static Stream<Arguments> rememberAndKeep() {
    return TIMES.stream()
        .flatMap(remember -> TIMES.stream().map(keep -> Arguments.of(remember, keep)));
  }

  @ParameterizedTest
  @MethodSource("rememberAndKeep")
  void aPodThatIsKeptIsNeverTakenForTheNewOne(Duration remember, Duration keep) {
    PodView old = Pods.kept(keep, Pods.ended(1, 0, "Completed"));
    track = track.seeing(old);
    calls();
    track = track.wanting(null);
    now = NOON.plusSeconds(60).plus(remember);
    told.clear();

    track = track.wanting(wanted(LATER));

    assertThat(calls()).contains(new Create(wanted(LATER)));
    assertThat(told).isEmpty();
    assertThat(track.pods().containsKey(old.uid())).isTrue();
    answer(new Create(wanted(LATER)), new Outcome.Done(Pods.of(LATER, "uid-2", 9)));
    calls();

    assertThat(told).isNotEmpty().allSatisfy(seen -> assertThat(seen.attempt()).isEqualTo(LATER));
  }

  @ParameterizedTest
  @MethodSource("rememberAndKeep")
  void aPodThatIsKeptIsRemovedWhenItsTimeIsOver(Duration remember, Duration keep) {
    PodView old = Pods.kept(keep, Pods.ended(1, 1, "Error"));
    now = NOON.plusSeconds(60).plus(remember);
    track =
        Track.EMPTY
            .seeing(old)
            .wanting(wanted(LATER).seenAs("uid-2"))
            .seeing(Pods.of(LATER, "uid-2", 9));
    track = track.with(track.effort().completed(LATER));

    boolean due = !now.isBefore(old.endedAt().plus(keep));
    assertThat(calls()).isEqualTo(due ? List.of(DELETE) : List.of());
    now = old.endedAt().plus(keep);
    assertThat(due ? List.of(DELETE) : calls()).containsExactly(DELETE);
  }
}
