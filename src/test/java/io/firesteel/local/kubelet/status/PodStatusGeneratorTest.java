package io.firesteel.local.kubelet.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStatusGeneratorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  /** W waiting, R running, B backing off, digits are exit codes. */
  @ParameterizedTest
  @CsvSource({
    "Never, W, Pending",
    "Never, R, Running",
    "Never, 0, Succeeded",
    "Never, 1, Failed",
    "Never, RW, Pending",
    "Never, R0, Running",
    "Never, R1, Running",
    "Never, 01, Failed",
    "Never, 00, Succeeded",
    "OnFailure, 0, Succeeded",
    "OnFailure, 1, Running",
    "OnFailure, B, Running",
    "Always, 0, Running",
    "Always, B, Running",
  })
  void computesThePhaseAsAKubeletDoes(String policy, String states, String phase) {
    assertThat(status(view(policy, states, false)).getPhase()).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({"R, Running", "1, Failed", "0, Succeeded", "W, Failed", "B, Failed"})
  void isOverWhateverThePolicyWhenThePodIsBeingEnded(String states, String phase) {
    assertThat(status(view("Always", states, true)).getPhase()).isEqualTo(phase);
  }

  @Test
  void failsWithThePodFailureOnceNothingRuns() {
    var podFailure = new PodStatusGenerator.PodFailure("DeadlineExceeded", "too long");

    assertThat(status(ending("R", podFailure)).getPhase()).isEqualTo("Running");
    assertThat(status(ending("0", podFailure)).getPhase()).isEqualTo("Failed");
    assertThat(status(ending("0", podFailure)).getReason()).isEqualTo("DeadlineExceeded");
  }

  @Test
  void isReadyWhenAllContainersRun() {
    assertThat(conditions(status(view("Never", "RR", false))))
        .containsExactly(
            "PodScheduled=True", "Initialized=True", "ContainersReady=True", "Ready=True");
    assertThat(conditions(status(view("Never", "RW", false))))
        .contains("ContainersReady=False", "Ready=False");
    assertThat(conditions(status(view("Never", "RP", false)))).contains("Ready=False");
    assertThat(conditions(status(view("Never", "0", false)))).contains("Ready=False");
  }

  @Test
  void keepsTheTimeOfAConditionThatDidNotChange() {
    var before = status(view("Never", "R", false));
    var later = PodStatusGenerator.generate(after(before, "1"), NOW.plusSeconds(60));

    assertThat(later.getConditions())
        .extracting(condition -> condition.getType() + " " + condition.getLastTransitionTime())
        .contains("PodScheduled 2026-03-01T12:00:00Z", "Ready 2026-03-01T12:01:00Z");
  }

  private static List<String> conditions(PodStatus status) {
    return status.getConditions().stream()
        .map(condition -> condition.getType() + "=" + condition.getStatus())
        .toList();
  }

  private static PodStatus status(PodStatusGenerator.Input input) {
    return PodStatusGenerator.generate(input, NOW);
  }

  private static PodStatusGenerator.Input view(String policy, String states, boolean stopped) {
    return view(policy, states, stopped, null, null);
  }

  private static PodStatusGenerator.Input ending(
      String states, PodStatusGenerator.PodFailure podFailure) {
    return view("Never", states, true, podFailure, null);
  }

  private static PodStatusGenerator.Input after(PodStatus before, String states) {
    return view("Never", states, false, null, before);
  }

  private static PodStatusGenerator.Input view(
      String policy,
      String states,
      boolean stopped,
      PodStatusGenerator.@Nullable PodFailure podFailure,
      @Nullable PodStatus before) {
    var outline = new PodSummary("ns", "pod", "uid", policy, Duration.ofSeconds(10));
    var containers = states.chars().mapToObj(letter -> container((char) letter)).toList();
    return new PodStatusGenerator.Input(
        outline, containers, "127.42.1.1", NOW, stopped, podFailure, before);
  }

  private static ContainerRecord container(char letter) {
    var spec = new ContainerBuilder().withName("c").withImage("busybox").build();
    var waiting = new ContainerState.Waiting("ContainerCreating", null, NOW);
    var terminated =
        new ContainerState.Terminated(Math.max(0, letter - '0') % 10, "Error", null, NOW, NOW);
    return switch (letter) {
      case 'W' -> new ContainerRecord(spec, false, waiting, 0, 0, null);
      case 'R' ->
          new ContainerRecord(spec, false, new ContainerState.Running(NOW, true), 0, 0, null);
      case 'P' ->
          new ContainerRecord(spec, false, new ContainerState.Running(NOW, false), 0, 0, null);
      case 'B' -> new ContainerRecord(spec, false, waiting, 1, 0, terminated);
      default -> new ContainerRecord(spec, false, terminated, 0, 0, null);
    };
  }
}
