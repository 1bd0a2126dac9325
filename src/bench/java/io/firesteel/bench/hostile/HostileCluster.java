package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Does to pods what somebody with every right in the cluster can do. One thread. */
final class HostileCluster {

  private static final List<String> LABELS =
      List.of(
          "firesteel.io/installation",
          "firesteel.io/partition",
          "firesteel.io/job",
          "firesteel.io/generation",
          "firesteel.io/attempt",
          "firesteel.io/tenant",
          "app.kubernetes.io/managed-by",
          "spark-role");
  private static final int ANNOTATIONS_BYTES = 200_000;
  private static final int MESSAGE_BYTES = 1_000_000;
  private static final int LOG_BYTES = 30_000_000;

  private final KubernetesClient client;
  private final Path podLogs;
  private final Random random;

  HostileCluster(KubernetesClient client, Path podLogs, Random random) {
    this.client = client;
    this.podLogs = podLogs;
    this.random = random;
  }

  /** Creates a pod with all labels and annotations of a driver in another namespace. */
  void forge() {
    drivers()
        .forEach(pod ->
            create(copy(pod, HostilePlatform.FORGED_NAMESPACE, pod.getMetadata().getName())));
  }

  /** Creates a pod with all labels and annotations of a driver beside it. */
  void forgeBeside() {
    drivers()
        .forEach(pod ->
            create(copy(pod, pod.getMetadata().getNamespace(), "forged-" + UUID.randomUUID())));
  }

  private Pod copy(Pod pod, String namespace, String name) {
    return new PodBuilder(pod)
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(pod.getMetadata().getLabels())
        .withAnnotations(pod.getMetadata().getAnnotations())
        .endMetadata()
        .withStatus(null)
        .editSpec()
        .withNodeName(null)
        .endSpec()
        .build();
  }

  private void create(Pod pod) {
    client.resource(pod).create();
  }

  /** Replaces or removes one label of each driver. */
  void relabel() {
    String label = LABELS.get(random.nextInt(LABELS.size()));
    List<String> values = List.of("", "x", "-1", "0", "99999999999999999999", "z".repeat(63));
    for (Pod pod : drivers()) {
      client
          .resource(pod)
          .edit(live ->
              new PodBuilder(live)
                  .editMetadata()
                  .addToLabels(label, values.get(random.nextInt(values.size())))
                  .endMetadata()
                  .build());
    }
  }

  /** Removes every label of each driver. */
  void unlabel() {
    drivers()
        .forEach(pod ->
            client
                .resource(pod)
                .edit(live ->
                    new PodBuilder(live).editMetadata().withLabels(null).endMetadata().build()));
  }

  /** Adds large and odd annotations. */
  void annotate() {
    for (Pod pod : drivers()) {
      client
          .resource(pod)
          .edit(live ->
              new PodBuilder(live)
                  .editMetadata()
                  .addToAnnotations("hostile/large", "\uD83D\uDE00".repeat(ANNOTATIONS_BYTES / 4))
                  .addToAnnotations("firesteel.io/job-key", "x")
                  .addToAnnotations("firesteel.io/keep-seconds", "99999999999999999999")
                  .endMetadata()
                  .build());
    }
  }

  /** Sets large messages in the status. */
  void status() {
    String large = "password=secret \u0000 \uD83D\uDE00".repeat(MESSAGE_BYTES / 20);
    for (Pod pod : drivers()) {
      client
          .resource(pod)
          .editStatus(live ->
              new PodBuilder(live)
                  .editOrNewStatus()
                  .withMessage(large)
                  .withReason(large.substring(0, 1000))
                  .endStatus()
                  .build());
    }
  }

  /** Writes one very long line into the log of each driver. */
  void log() {
    byte[] line = new byte[LOG_BYTES];
    new Random(random.nextLong()).nextBytes(line);
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' || random.nextInt(100) > 0 ? (byte) 'x' : line[i];
    }
    for (Pod pod : drivers()) {
      Path folder = podLogs.resolve(pod.getMetadata().getUid());
      try {
        Files.createDirectories(folder);
        Files.write(folder.resolve("spark-kubernetes-driver.log"), line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Deletes each driver. */
  void delete() {
    drivers().forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  private List<Pod> drivers() {
    return client
        .pods()
        .inNamespace(HostilePlatform.TARGET_NAMESPACE)
        .withLabel("spark-role", "driver")
        .list()
        .getItems();
  }

  /** Runs a change; the API server may refuse it. */
  boolean attempt(HostileInput.ClusterChange change) {
    try {
      change.change().accept(this);
      return true;
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  static List<HostileInput> all(Random random, String prefix) {
    List<HostileInput.ClusterChange> changes =
        List.of(
            new HostileInput.ClusterChange("forged pods", HostileCluster::forge),
            new HostileInput.ClusterChange("forged pods beside", HostileCluster::forgeBeside),
            new HostileInput.ClusterChange("a changed label", HostileCluster::relabel),
            new HostileInput.ClusterChange("no labels", HostileCluster::unlabel),
            new HostileInput.ClusterChange("annotations", HostileCluster::annotate),
            new HostileInput.ClusterChange("status messages", HostileCluster::status),
            new HostileInput.ClusterChange("log lines", HostileCluster::log),
            new HostileInput.ClusterChange("deleted pods", HostileCluster::delete));
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      inputs.add(
          HostileInput.Message.request(
              "a target",
              "spark-job-requests",
              HostilePlatform.target(prefix + i).toString().getBytes(UTF_8)));
    }
    inputs.add(new HostileInput.ClusterChange("wait", HostileCluster::awaitDrivers));
    for (int i = 0; i < 4; i++) {
      inputs.add(changes.get(random.nextInt(changes.size())));
    }
    return inputs;
  }

  /** Waits a moment for the drivers of the targets. */
  private void awaitDrivers() {
    long giveUp = System.nanoTime() + 3_000_000_000L;
    while (drivers().isEmpty() && System.nanoTime() < giveUp) {
      LockSupport.parkNanos(50_000_000);
    }
  }
}
