package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.cluster.log.FailureCause;
import io.firesteel.cluster.log.LogExcerpt;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DiagnosticsCollectorTest {

  private static final String CAUSE = "Exception in thread \"main\" a.B: no\n";
  private static final int MANY = 8 << 20;

  @TempDir private Path folder;

  static Stream<Named<String>> logs() {
    return Stream.of(
        Named.of("one line", CAUSE),
        Named.of("many lines", "INFO x\n".repeat(MANY / 7) + CAUSE),
        Named.of("long lines", ("x".repeat(50_000) + "\n").repeat(MANY / 50_000) + CAUSE),
        Named.of("very long lines", ("é".repeat(1 << 20) + "\n").repeat(4) + CAUSE));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void findsTheCauseAtTheEndOfAnyLog(String log) throws IOException {
    assertThat(cause(collect(log.getBytes(StandardCharsets.UTF_8))).text()).isEqualTo("a.B: no");
  }

  @Test
  void readsABoundedPartOfALogWithoutLines() throws IOException {
    byte[] log = new byte[MANY];
    Arrays.fill(log, (byte) 0xff);

    assertThat(collect(log).tail()).hasSizeLessThan(2000).isNotEmpty();
  }

  private static FailureCause cause(LogExcerpt excerpt) {
    return Objects.requireNonNull(excerpt.cause(), "the log tells no cause");
  }

  private LogExcerpt collect(byte[] log) throws IOException {
    Path logs = folder.resolve("logs");
    try (KubernetesApi api =
            KubernetesApi.start(KubernetesApiOptions.defaults().withPodLogs(logs));
        KubernetesClient client = ApiClient.to(api.url())) {
      Pod pod = ended(client);
      Path file = logs.resolve(pod.getMetadata().getUid()).resolve("spark-kubernetes-driver.log");
      Files.createDirectories(file.getParent());
      Files.write(file, log);
      Attempt attempt = new Attempt(new JobKey("acme", "daily"), 1, 1);
      var request =
          new Effect.Diagnose(
              attempt, "default", "daily", pod.getMetadata().getUid(), PodReader.DRIVER_CONTAINER);
      return Objects.requireNonNull(new DiagnosticsCollector(client, 20).collect(request).log());
    }
  }

  private static Pod ended(KubernetesClient client) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("daily")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName(PodReader.DRIVER_CONTAINER)
            .withImage("spark:4.1.1")
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).create();
    return client
        .pods()
        .inNamespace("default")
        .withName("daily")
        .editStatus(created ->
            new PodBuilder(created)
                .withNewStatus()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withName(PodReader.DRIVER_CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(1)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
  }
}
