package io.firesteel.local.acceptance;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The worker of a run. */
sealed interface WorkerUnderTest extends AutoCloseable {

  Duration READY_WITHIN = Duration.ofMinutes(5);

  /**
   * Returns when every replica is ready.
   *
   * @throws IllegalStateException if one is not ready in time; the message says why
   */
  void awaitReady() throws InterruptedException;

  /** All lines of its log. */
  Stream<String> log();

  @Override
  void close();

  /** The replicas of a StatefulSet; deleting its namespace ends them. */
  record Replicas(KubernetesClient client, String namespace, String name)
      implements WorkerUnderTest {

    @Override
    public void awaitReady() {
      try {
        client
            .apps()
            .statefulSets()
            .inNamespace(namespace)
            .withName(name)
            .waitUntilCondition(Replicas::isReady, READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the worker is not ready after %d min:%n  %s"
                .formatted(READY_WITHIN.toMinutes(), String.join("\n  ", state())),
            e);
      }
    }

    private static boolean isReady(StatefulSet set) {
      return set != null
          && set.getStatus() != null
          && Objects.equals(
              set.getStatus().getObservedGeneration(), set.getMetadata().getGeneration())
          && Objects.equals(set.getStatus().getUpdatedReplicas(), set.getSpec().getReplicas())
          && Objects.equals(set.getStatus().getReadyReplicas(), set.getSpec().getReplicas());
    }

    private List<Pod> pods() {
      return client
          .pods()
          .inNamespace(namespace)
          .withLabel("app.kubernetes.io/component", "worker")
          .list()
          .getItems();
    }

    private List<String> state() {
      return pods().stream()
          .map(pod ->
              "%s %s %s"
                  .formatted(
                      pod.getMetadata().getName(),
                      pod.getStatus().getPhase(),
                      pod.getStatus().getContainerStatuses().stream()
                          .map(ContainerStatus::getState)
                          .toList()))
          .toList();
    }

    @Override
    public Stream<String> log() {
      return pods().stream()
          .flatMap(pod ->
              client
                  .pods()
                  .inNamespace(namespace)
                  .withName(pod.getMetadata().getName())
                  .getLog()
                  .lines());
    }

    @Override
    public void close() {}
  }

  /** The packaged worker, as a process of this machine. */
  record LocalProcess(WorkerProcess process) implements WorkerUnderTest {

    @Override
    public void awaitReady() throws InterruptedException {
      process.awaitReady(READY_WITHIN);
    }

    @Override
    public Stream<String> log() {
      try {
        return Files.readAllLines(process.log()).stream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
