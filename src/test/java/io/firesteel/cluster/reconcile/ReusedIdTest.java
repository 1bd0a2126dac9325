package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static io.firesteel.cluster.reconcile.SamplePods.desired;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.job.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job id that is used again while a pod of its earlier use is still kept. */
final class ReusedIdTest extends ReconcilerFixture {

  private static final Attempt LATER = new Attempt(FIRST.job(), FIRST.generation() + 1, 1);
  private static final List<Duration> TIMES =
      List.of(Duration.ZERO, Duration.ofSeconds(30), KEEP, Duration.ofDays(7), Duration.ofDays(30));

  static Stream<Arguments> jobRetentionAndPodRetention() {
    return TIMES.stream()
        .flatMap(jobRetention -> TIMES.stream().map(keep -> Arguments.of(jobRetention, keep)));
  }

  @ParameterizedTest
  @MethodSource("jobRetentionAndPodRetention")
  void neverMistakesAKeptPodForTheNewOne(Duration jobRetention, Duration keep) {
    PodView old = SamplePods.kept(keep, SamplePods.ended(1, 0, "Completed"));
    state = state.withPod(old);
    calls();
    state = state.withDesired(null);
    now = NOON.plusSeconds(60).plus(jobRetention);
    reported.clear();

    state = state.withDesired(desired(LATER));

    assertThat(calls()).contains(new CreateDriver(desired(LATER)));
    assertThat(reported).isEmpty();
    assertThat(state.pods().driverPods().containsKey(old.uid())).isTrue();
    apply(
        new CreateDriver(desired(LATER)),
        new CallResult.Completed(SamplePods.of(LATER, "uid-2", 9)));
    calls();

    assertThat(reported)
        .isNotEmpty()
        .allSatisfy(observation -> assertThat(observation.attempt()).isEqualTo(LATER));
  }

  @ParameterizedTest
  @MethodSource("jobRetentionAndPodRetention")
  void deletesAKeptPodAfterItsRetention(Duration jobRetention, Duration keep) {
    PodView old = SamplePods.kept(keep, SamplePods.ended(1, 1, "Error"));
    now = NOON.plusSeconds(60).plus(jobRetention);
    state =
        DriverState.EMPTY
            .withPod(old)
            .withDesired(desired(LATER).withPodUid("uid-2"))
            .withPod(SamplePods.of(LATER, "uid-2", 9));
    state = state.with(state.calls().objectsComplete(LATER));

    boolean due = !now.isBefore(old.endedAt().plus(keep));
    assertThat(calls()).isEqualTo(due ? List.of(DELETE) : List.of());
    now = old.endedAt().plus(keep);
    assertThat(due ? List.of(DELETE) : calls()).containsExactly(DELETE);
  }
}
