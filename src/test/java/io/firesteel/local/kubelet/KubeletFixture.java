package io.firesteel.local.kubelet;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.config.SparkInstallation;
import io.firesteel.local.kubelet.process.ProcessTable;
import io.firesteel.local.kubelet.spark.SampleDriver;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An API server with one node in a folder of its own. */
final class KubeletFixture implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  final KubernetesClient client;
  final KubeletOptions options;

  private static final String OWNER_VARIABLE = "FIRESTEEL_CONTAINER_OF";

  private final Map<String, String> uids = new ConcurrentHashMap<>();
  private final KubernetesApi api;
  private Kubelet kubelet;

  KubeletFixture(Path folder, SparkInstallation spark, UnaryOperator<KubeletOptions> change) {
    var logs = folder.resolve("logs");
    this.api = KubernetesApi.start(KubernetesApiOptions.defaults().withPodLogs(logs));
    this.options =
        change.apply(
            KubeletOptions.laptop(URI.create(api.url()), folder.resolve("kubelet"), logs, spark));
    this.client = ApiClient.to(api.url());
    this.kubelet = Kubelet.start(options);
  }

  Pod run(SampleDriver driver) {
    var pod = client.resource(driver.pod()).create();
    client.resource(driver.configMap(pod)).create();
    return pod;
  }

  Pod create(Pod pod) {
    var created = client.resource(pod).create();
    uids.put(created.getMetadata().getName(), created.getMetadata().getUid());
    return created;
  }

  /** Processes of a created pod, also after its removal. */
  int processesOf(String pod) {
    return ProcessTable.withEnvironment(OWNER_VARIABLE, owner() + uids.get(pod)).size();
  }

  Pod pod(String name) {
    var pod = client.pods().withName(name).get();
    if (pod == null) {
      throw new AssertionError("There is no pod " + name);
    }
    return pod;
  }

  Pod waitFor(String name, Predicate<Pod> condition) {
    await(name)
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          var pod = client.pods().withName(name).get();
          return pod != null && condition.test(pod);
        });
    return pod(name);
  }

  Pod waitForPhase(String name, String phase) {
    return waitFor(name, pod -> phase.equals(pod.getStatus().getPhase()));
  }

  Pod waitForReason(String name, String reason) {
    return waitFor(
        name,
        pod ->
            pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state ->
                    state.getWaiting() != null && reason.equals(state.getWaiting().getReason())));
  }

  void waitUntilRemoved(String name) {
    await(name).atMost(TIMEOUT).until(() -> client.pods().withName(name).get() == null);
  }

  List<Event> events(String pod) {
    return client.v1().events().list().getItems().stream()
        .filter(event -> pod.equals(event.getInvolvedObject().getName()))
        .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
        .toList();
  }

  List<String> reasons(String pod) {
    return events(pod).stream().map(Event::getReason).toList();
  }

  String log(Pod pod) throws IOException {
    var container = pod.getSpec().getContainers().getFirst().getName();
    var file = options.podLogs().resolve(pod.getMetadata().getUid()).resolve(container + ".log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  int processes() {
    return ProcessTable.withEnvironment(OWNER_VARIABLE, owner()).size();
  }

  private String owner() {
    return options.data().toAbsolutePath().normalize() + "#";
  }

  void restartKubelet() {
    kubelet.close();
    kubelet = Kubelet.start(options);
  }

  @Override
  public void close() {
    kubelet.close();
    client.close();
    api.close();
  }
}
