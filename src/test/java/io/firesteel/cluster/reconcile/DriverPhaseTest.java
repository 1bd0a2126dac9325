package io.firesteel.cluster.reconcile;

import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DriverPhaseTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(SamplePods.ended(1, 1, "Error"), FailureCategory.APPLICATION, "Error"),
        Arguments.of(
            SamplePods.ended(1, 137, "OOMKilled"), FailureCategory.OUT_OF_MEMORY, "OOMKilled"),
        Arguments.of(
            SamplePods.deleting(SamplePods.ended(1, 143, "Error")),
            FailureCategory.INFRASTRUCTURE,
            "DriverDeleted"),
        Arguments.of(
            SamplePods.failedPod(1, "Evicted", "disk pressure"),
            FailureCategory.INFRASTRUCTURE,
            "Evicted"),
        Arguments.of(
            SamplePods.failedPod(1, "OutOfcpu", "node is full"),
            FailureCategory.CAPACITY,
            "OutOfcpu"),
        Arguments.of(
            SamplePods.disrupted(SamplePods.ended(1, 143, "Error"), "PreemptionByScheduler"),
            FailureCategory.INFRASTRUCTURE,
            "PreemptionByScheduler"),
        Arguments.of(
            SamplePods.ended(1, 137, "ContainerStatusUnknown"),
            FailureCategory.INFRASTRUCTURE,
            "ContainerStatusUnknown"),
        Arguments.of(
            SamplePods.ended(1, 128, "StartError"), FailureCategory.CONFIGURATION, "StartError"),
        Arguments.of(
            SamplePods.failedPod(1, "DeadlineExceeded", "too long"),
            FailureCategory.DEADLINE,
            "DeadlineExceeded"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void classifiesWhyADriverEnded(PodView pod, FailureCategory category, String reason) {
    assertThat(DriverPhase.of(pod, NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodEnded.class,
            ended ->
                assertThat(ended.failure())
                    .extracting(Failure::category, Failure::reason)
                    .containsExactly(category, reason));
  }

  @Test
  void saysWhichInitContainerRanOutOfMemory() {
    ContainerTerminated end = new ContainerTerminated(137, "OOMKilled", null, NOON);
    PodView pod =
        SamplePods.ended(1, 137, "OOMKilled")
            .withContainer(new Container("prepare", null, null, end));

    assertThat(DriverPhase.of(pod, NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodEnded.class,
            ended ->
                assertThat(ended.failure())
                    .extracting(Failure::message)
                    .asString()
                    .isEqualTo(
                        "Init container prepare exceeded its memory limit; raise its"
                            + " resources.limits.memory"));
  }

  @Test
  void saysWhatToSetForAnImageWhoseUserIsAName() {
    String kubelet =
        "container has runAsNonRoot and image has non-numeric user (spark), cannot verify user is"
            + " non-root";

    assertThat(FailureClassifier.notStarted("CreateContainerConfigError", kubelet))
        .satisfies(failure -> {
          assertThat(failure.category()).isEqualTo(FailureCategory.CONFIGURATION);
          assertThat(failure.message())
              .startsWith(kubelet + "; set runAsUser in spec.driver.podSecurityContext");
        });
  }

  @Test
  void treatsExitCodeZeroAsSuccess() {
    assertThat(DriverPhase.of(SamplePods.ended(1, 0, "Completed"), NOON))
        .isEqualTo(new DriverPhase.PodEnded(NOON.plusSeconds(60), null));
  }

  @Test
  void masksSecretsInTheMessage() {
    ContainerTerminated end =
        new ContainerTerminated(1, "Error", "no access with password=hunter2", NOON);
    PodView pod =
        SamplePods.ended(1, 1, "Error")
            .with(draft -> draft.container(new Container(null, null, null, end)));

    assertThat(DriverPhase.of(pod, NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodEnded.class,
            ended ->
                assertThat(Objects.requireNonNull(ended.failure()).message())
                    .endsWith("no access with password=[redacted]"));
  }

  @Test
  void appliesTheStartTimeoutOnlyToErrorsThatNeedAFix() {
    assertThat(
            DriverPhase.of(SamplePods.waiting(1, "CreateContainerConfigError", "no secret"), NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodPending.class,
            pending -> assertThat(pending.timeout()).isEqualTo(DriverPhase.PendingTimeout.START));
    assertThat(DriverPhase.of(SamplePods.waiting(1, "ContainerCreating", ""), NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodPending.class,
            pending -> assertThat(pending.timeout()).isEqualTo(DriverPhase.PendingTimeout.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "52, , java.lang.IllegalStateException, OUT_OF_MEMORY",
    "3, Terminating due to java.lang.OutOfMemoryError: Java heap space, , OUT_OF_MEMORY",
    "1, , java.lang.OutOfMemoryError: Java heap space, OUT_OF_MEMORY",
    "1, no such table, , APPLICATION"
  })
  void distinguishesAJvmOutOfMemoryFromAFailedApplication(
      int code, @Nullable String tail, @Nullable String exception, FailureCategory category) {
    assertThat(explained(code, tail, null, exception).category()).isEqualTo(category);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error: Failed to load class X. | java.io.IOException: noted | no such file      | Error: Failed to load class X.
          only words                     | java.io.IOException: noted | no such file      | java.io.IOException: noted
                                         |                            | sh: x: not found  | It ended with 1
          only words                     |                            |                   | It ended with 1
          """)
  void leadsWithTheCauseFromTheLogOrTheExceptionOrTheTerminationMessage(
      @Nullable String log, @Nullable String exception, @Nullable String written, String first) {
    assertThat(explained(1, log, written, exception).message()).startsWith(first);
  }

  private static Failure explained(
      int code, @Nullable String log, @Nullable String written, @Nullable String exception) {
    Failure failure =
        new Failure(FailureCategory.APPLICATION, true, code, "Error", "It ended with 1", null);
    ContainerTerminated end = new ContainerTerminated(code, "Error", written, NOON);
    PodView pod =
        SamplePods.ended(1, code, "Error")
            .with(draft -> {
              draft.container(new Container(null, null, null, end));
              if (exception != null) {
                draft.exitException(exception);
              }
            });
    return FailureClassifier.explain(
        failure, pod, new Diagnostics(log == null ? null : LogExcerpt.of(log, 20), List.of()));
  }

  @Test
  void namesTheMemoryLimitThatADriverExceeded() {
    PodView pod = SamplePods.ended(1, 137, "OOMKilled").with(draft -> draft.memory("896Mi"));

    assertThat(DriverPhase.of(pod, NOON))
        .isInstanceOfSatisfying(
            DriverPhase.PodEnded.class,
            ended ->
                assertThat(Objects.requireNonNull(ended.failure()).message())
                    .startsWith("The driver exceeded its memory limit of 896Mi;"));
  }

  @Test
  void appendsWarningEventsToTheMessage() {
    Failure failure = Failure.of(FailureCategory.IMAGE, "ErrImagePull", "no such image");
    Diagnostics diagnostics =
        new Diagnostics(null, List.of("Failed: no such image", "Failed: Error"));

    assertThat(FailureClassifier.explain(failure, null, diagnostics).message())
        .isEqualTo("no such image\nFailed: no such image\nFailed: Error");
  }
}
