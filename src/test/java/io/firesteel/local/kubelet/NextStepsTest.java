package io.firesteel.local.kubelet;

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

class NextStepsTest {

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

    assertThat(steps.rerun().isEmpty()).isEqualTo(!again);
    assertThat(steps.over()).isEqualTo(over);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 10", "2, 20", "5, 160", "6, 300", "50, 300"})
  void waitsLongerBeforeEachNewRun(int restarts, long seconds) {
    var rerun = steps("Always", main(ended(1), restarts)).rerun().getFirst();

    assertThat(rerun.next().until()).isEqualTo(NOW.plusSeconds(seconds));
    assertThat(rerun.next().reason()).isEqualTo("CrashLoopBackOff");
  }

  @Test
  void startsAllContainersTogether() {
    assertThat(started("Never", main("a", waiting()), main("b", waiting())))
        .containsExactly("a", "b");
  }

  @Test
  void startsOneInitContainerAfterTheOther() {
    var first = init("first", null);
    var second = init("second", null);

    assertThat(started("Never", first.in(waiting()), second.in(waiting()), main("a", waiting())))
        .containsExactly("first");
    assertThat(started("Never", first.in(running()), second.in(waiting()), main("a", waiting())))
        .isEmpty();
    assertThat(started("Never", first.in(ended(0)), second.in(waiting()), main("a", waiting())))
        .containsExactly("second");
    assertThat(started("Never", first.in(ended(0)), second.in(ended(0)), main("a", waiting())))
        .containsExactly("a");
  }

  @Test
  void goesOnBesideASidecarAndStartsItAgainIfItEnds() {
    var side = init("side", "Always");

    assertThat(started("Never", side.in(running()), main("a", waiting()))).containsExactly("a");
    assertThat(steps("Never", side.in(ended(0)), main("a", running())).rerun()).hasSize(1);
    assertThat(steps("Never", side.in(running()), main("a", ended(0))).over()).isTrue();
  }

  @Test
  void givesUpWhenAnInitContainerFailsForGood() {
    var init = init("init", null).in(ended(1));

    assertThat(steps("Never", init, main("a", waiting())).over()).isTrue();
    assertThat(steps("OnFailure", init, main("a", waiting())).rerun()).hasSize(1);
    assertThat(steps("Always", init, main("a", waiting())).over()).isFalse();
  }

  @Test
  void looksAgainWhenAPauseIsOver() {
    var later = new ContainerState.Waiting("ErrImagePull", null, NOW.plusSeconds(5));
    var steps = steps("Never", main("a", later));

    assertThat(steps.start()).isEmpty();
    assertThat(steps.wake()).isEqualTo(NOW.plusSeconds(5));
  }

  private static List<String> started(String policy, ContainerFacts... containers) {
    return steps(policy, containers).start().stream().map(ContainerFacts::name).toList();
  }

  private static NextSteps steps(String policy, ContainerFacts... containers) {
    var outline = new PodOutline("ns", "pod", "uid", policy, Duration.ofSeconds(10));
    return NextSteps.of(outline, Stream.of(containers).toList(), NOW);
  }

  private static ContainerFacts main(String name, ContainerState state) {
    return new ContainerFacts(
        new ContainerBuilder().withName(name).build(), false, state, 0, 0, null);
  }

  private static ContainerFacts main(ContainerState state, int restarts) {
    return new ContainerFacts(
        new ContainerBuilder().withName("a").build(), false, state, restarts, 0, null);
  }

  private static ContainerFacts init(String name, @Nullable String policy) {
    var spec = new ContainerBuilder().withName(name).withRestartPolicy(policy).build();
    return new ContainerFacts(spec, true, waiting(), 0, 0, null);
  }

  private static ContainerState waiting() {
    return new ContainerState.Waiting("ContainerCreating", null, NOW);
  }

  private static ContainerState running() {
    return new ContainerState.Running(NOW);
  }

  private static ContainerState ended(int code) {
    return new ContainerState.Ended(code, code == 0 ? "Completed" : "Error", null, NOW, NOW);
  }
}
