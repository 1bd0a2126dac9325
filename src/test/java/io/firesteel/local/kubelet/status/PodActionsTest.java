package io.firesteel.local.kubelet.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodActionsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Never, 0, false, true",
    "Never, 1, false, true",
    "OnFailure, 0, false, true",
    "OnFailure, 1, true, false",
    "Always, 0, true, false",
    "Always, 1, true, false",
  })
  void runsAnEndedContainerAgainByThePolicy(
      String policy, int exitCode, boolean again, boolean over) {
    var steps = steps(policy, main(ended(exitCode), 0));

    assertThat(steps.restart().isEmpty()).isEqualTo(!again);
    assertThat(steps.finished()).isEqualTo(over);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 10", "2, 20", "5, 160", "6, 300", "50, 300"})
  void waitsLongerBeforeEachNewRun(int restarts, long seconds) {
    var restart = steps("Always", main(ended(1), restarts)).restart().getFirst();

    assertThat(restart.next().until()).isEqualTo(NOW.plusSeconds(seconds));
    assertThat(restart.next().reason()).isEqualTo("CrashLoopBackOff");
  }

  @Test
  void startsAllContainersTogether() {
    assertThat(started("Never", main("a", waiting()), main("b", waiting())))
        .containsExactly("a", "b");
  }

  @Test
  void startsInitContainersOneAfterTheOther() {
    var first = init("first", null);
    var second = init("second", null);

    assertThat(
            started(
                "Never",
                first.withState(waiting()),
                second.withState(waiting()),
                main("a", waiting())))
        .containsExactly("first");
    assertThat(
            started(
                "Never",
                first.withState(running()),
                second.withState(waiting()),
                main("a", waiting())))
        .isEmpty();
    assertThat(
            started(
                "Never",
                first.withState(ended(0)),
                second.withState(waiting()),
                main("a", waiting())))
        .containsExactly("second");
    assertThat(
            started(
                "Never",
                first.withState(ended(0)),
                second.withState(ended(0)),
                main("a", waiting())))
        .containsExactly("a");
  }

  @Test
  void continuesBesideASidecarAndRestartsItWhenItEnds() {
    var side = init("side", "Always");

    assertThat(started("Never", side.withState(running()), main("a", waiting())))
        .containsExactly("a");
    assertThat(steps("Never", side.withState(ended(0)), main("a", running())).restart()).hasSize(1);
    assertThat(steps("Never", side.withState(running()), main("a", ended(0))).finished()).isTrue();
  }

  @Test
  void finishesWhenAnInitContainerFailsForGood() {
    var init = init("init", null).withState(ended(1));

    assertThat(steps("Never", init, main("a", waiting())).finished()).isTrue();
    assertThat(steps("OnFailure", init, main("a", waiting())).restart()).hasSize(1);
    assertThat(steps("Always", init, main("a", waiting())).finished()).isFalse();
  }

  @Test
  void syncsAgainAtTheEndOfABackOff() {
    var later = new ContainerState.Waiting("ErrImagePull", null, NOW.plusSeconds(5));
    var steps = steps("Never", main("a", later));

    assertThat(steps.start()).isEmpty();
    assertThat(steps.nextSync()).isEqualTo(NOW.plusSeconds(5));
  }

  private static List<String> started(String policy, ContainerRecord... containers) {
    return steps(policy, containers).start().stream().map(ContainerRecord::name).toList();
  }

  private static PodActions steps(String policy, ContainerRecord... containers) {
    var outline = new PodSummary("ns", "pod", "uid", policy, Duration.ofSeconds(10));
    return PodActions.compute(outline, Stream.of(containers).toList(), NOW);
  }

  private static ContainerRecord main(String name, ContainerState state) {
    return new ContainerRecord(
        new ContainerBuilder().withName(name).build(), false, state, 0, 0, null);
  }

  private static ContainerRecord main(ContainerState state, int restarts) {
    return new ContainerRecord(
        new ContainerBuilder().withName("a").build(), false, state, restarts, 0, null);
  }

  private static ContainerRecord init(String name, @Nullable String policy) {
    var spec = new ContainerBuilder().withName(name).withRestartPolicy(policy).build();
    return new ContainerRecord(spec, true, waiting(), 0, 0, null);
  }

  private static ContainerState waiting() {
    return new ContainerState.Waiting("ContainerCreating", null, NOW);
  }

  private static ContainerState running() {
    return new ContainerState.Running(NOW, true);
  }

  private static ContainerState ended(int code) {
    return new ContainerState.Terminated(code, code == 0 ? "Completed" : "Error", null, NOW, NOW);
  }
}
