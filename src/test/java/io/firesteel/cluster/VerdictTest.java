package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.PodView.Container;
import io.firesteel.cluster.PodView.Terminated;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class VerdictTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(Pods.ended(1, 1, "Error"), FailureCategory.APPLICATION, "Error"),
        Arguments.of(Pods.ended(1, 137, "OOMKilled"), FailureCategory.OUT_OF_MEMORY, "OOMKilled"),
        Arguments.of(
            Pods.deleting(Pods.ended(1, 143, "Error")),
            FailureCategory.INFRASTRUCTURE,
            "DriverDeleted"),
        Arguments.of(
            Pods.failedPod(1, "Evicted", "disk pressure"),
            FailureCategory.INFRASTRUCTURE,
            "Evicted"),
        Arguments.of(
            Pods.failedPod(1, "OutOfcpu", "node is full"), FailureCategory.CAPACITY, "OutOfcpu"),
        Arguments.of(
            Pods.disrupted(Pods.ended(1, 143, "Error"), "PreemptionByScheduler"),
            FailureCategory.INFRASTRUCTURE,
            "PreemptionByScheduler"),
        Arguments.of(
            Pods.ended(1, 137, "ContainerStatusUnknown"),
            FailureCategory.INFRASTRUCTURE,
            "ContainerStatusUnknown"),
        Arguments.of(Pods.ended(1, 128, "StartError"), FailureCategory.CONFIGURATION, "StartError"),
        Arguments.of(
            Pods.failedPod(1, "DeadlineExceeded", "too long"),
            FailureCategory.DEADLINE,
            "DeadlineExceeded"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void namesWhatEndedADriver(PodView pod, FailureCategory category, String reason) {
    assertThat(Verdict.of(pod, NOON))
        .isInstanceOfSatisfying(
            Verdict.Ended.class,
            ended ->
                assertThat(ended.failure())
                    .extracting(Failure::category, Failure::reason)
                    .containsExactly(category, reason));
  }

  @Test
  void takesExitCodeZeroForSuccess() {
    assertThat(Verdict.of(Pods.ended(1, 0, "Completed"), NOON))
        .isEqualTo(new Verdict.Ended(NOON.plusSeconds(60), null));
  }

  @Test
  void masksSecretsInWhatADriverLeftBehind() {
    Terminated end = new Terminated(1, "Error", "no access with password=hunter2", NOON);
    PodView pod =
        PodDraft.like(
            Pods.ended(1, 1, "Error"),
            draft -> draft.container = new Container(null, null, null, end));

    assertThat(Verdict.of(pod, NOON))
        .isInstanceOfSatisfying(
            Verdict.Ended.class,
            ended ->
                assertThat(Objects.requireNonNull(ended.failure()).message())
                    .endsWith("no access with password=[redacted]"));
  }

  @Test
  void waitsForMendingOnlyWhereWaitingAloneCannotHelp() {
    assertThat(Verdict.of(Pods.waiting(1, "CreateContainerConfigError", "no secret"), NOON))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending -> assertThat(pending.patience()).isEqualTo(Verdict.Patience.MENDING));
    assertThat(Verdict.of(Pods.waiting(1, "ContainerCreating", ""), NOON))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending -> assertThat(pending.patience()).isEqualTo(Verdict.Patience.ENDLESS));
  }

  @ParameterizedTest
  @CsvSource({
    "52, , java.lang.IllegalStateException, OUT_OF_MEMORY",
    "3, Terminating due to java.lang.OutOfMemoryError: Java heap space, , OUT_OF_MEMORY",
    "1, , java.lang.OutOfMemoryError: Java heap space, OUT_OF_MEMORY",
    "1, no such table, , APPLICATION"
  })
  void tellsAJvmOutOfMemoryFromAnApplicationThatFailed(
      int code, String tail, String exception, FailureCategory category) {
    Failure failure =
        new Failure(FailureCategory.APPLICATION, true, code, "Error", "it ended", null);

    assertThat(Failures.explained(failure, exception, new Evidence(tail, List.of())).category())
        .isEqualTo(category);
  }

  @Test
  void putsTheWarningsOfTheClusterBehindTheMessage() {
    Failure failure = Failure.of(FailureCategory.IMAGE, "ErrImagePull", "no such image");
    Evidence evidence = new Evidence(null, List.of("Failed: no such image", "Failed: Error"));

    assertThat(Failures.explained(failure, null, evidence).message())
        .isEqualTo("no such image\nFailed: no such image\nFailed: Error");
  }
}
