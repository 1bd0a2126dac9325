package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One worker and two clusters, one of which becomes unreachable and returns: tenants of the other
 * cluster are not affected, and no job is lost or runs twice.
 */
final class MultiClusterIT {

  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
  private static final int JOBS = 10;

  private static LaptopFixture stage;
  private static KubernetesApi east;
  private static SimulatedPods eastPods;
  private static FaultInjectionProxy eastApi;
  private static Path eastAudit;

  @BeforeAll
  static void startTwoClusters() throws IOException, InterruptedException {
    stage =
        LaptopFixture.withTenants("clusters", 20, "acme", "globex", "initech", "hooli", "umbrella");
    stage.define("acme", 20, "cohort: shop");
    stage.define("globex", 20, "cluster: east");
    stage.define("hooli", 20, "cluster: east");
    LaptopOptions laptop = stage.laptop().options();
    eastAudit = laptop.data().resolve("east-audit.jsonl");
    east =
        KubernetesApi.start(
            KubernetesApiOptions.defaults()
                .withNamespaces("globex-jobs", "hooli-jobs")
                .withAuditLog(eastAudit));
    account(east, "globex-jobs");
    eastPods = SimulatedPods.start(east);
    eastApi = FaultInjectionProxy.inFrontOf(east.port());
    cluster("default", "context: laptop");
    cluster(
        "east", "kubeconfig: %s, namespaces: [globex-jobs]".formatted(kubeconfig("east", eastApi)));
    stage.startWorker(
        Map.of(
            "FIRESTEEL_DEFINITIONS_POLL_INTERVAL", "PT0.3S",
            "FIRESTEEL_CLUSTER_UNDEFINED_WAIT", "PT5S"));
    // An error at the start would keep the worker from becoming ready.
    stage.define("initech", 20, "cluster: west");
    await()
        .atMost(SETTLES_WITHIN)
        .until(() -> ask("/q/metrics").contains("firesteel_definitions_errors 1.0"));
  }

  @AfterAll
  static void stop() {
    stage.close();
    eastApi.close();
    eastPods.close();
    east.close();
  }

  @Test
  void anUnreachableClusterDelaysOnlyItsOwnTenants() throws Exception {
    publish("acme", "before");
    publish("globex", "before");
    awaitResults("acme", "before");
    awaitResults("globex", "before");
    assertThat(result("globex/before-0").data().path("cluster").asText()).isEqualTo("east");
    assertThat(result("acme/before-0").data().has("cluster")).isFalse();

    stage.requests().publish("globex", "meanwhile", SimulatedJobPublisher.plan(4000, 0));
    await().atMost(SETTLES_WITHIN).until(() -> Files.readString(eastAudit).contains("meanwhile-"));
    eastApi.inject(InjectedFaults.NONE.withApiUnreachable());
    eastApi.dropWatches();
    publish("globex", "away");
    publish("acme", "away");
    awaitResults("acme", "away");
    assertThat(finishedJobs("globex")).hasSize(JOBS);
    await()
        .atMost(SETTLES_WITHIN)
        .untilAsserted(() -> {
          assertThat(ask("/q/health/well")).contains("unreachable since");
          assertThat(ask("/q/metrics"))
              .contains("firesteel_cluster_reachable{cluster=\"east\"} 0.0")
              .contains("firesteel_cluster_reachable{cluster=\"default\"} 1.0");
        });
    assertThat(ask("/q/health/ready")).contains("\"status\": \"UP\"");

    eastApi.inject(InjectedFaults.NONE);
    awaitResults("globex", "away");
    await().atMost(SETTLES_WITHIN).until(() -> finishedJobs("globex").contains("globex/meanwhile"));
    assertThat(ask("/q/metrics")).contains("firesteel_cluster_reachable{cluster=\"east\"} 1.0");
    verify("acme", DriverRuns.read(stage.laptop().options().auditLog()), 2 * JOBS);
    verify("globex", DriverRuns.read(eastAudit), 2 * JOBS + 1);
  }

  /** The cluster is added, abandoned and taken back while the worker runs. */
  @Test
  void anAbandonedClustersJobsFailAndItsPodsAreDeletedWhenItIsBack() throws Exception {
    try (KubernetesApi north =
            KubernetesApi.start(KubernetesApiOptions.defaults().withNamespaces("umbrella-jobs"));
        SimulatedPods _ = SimulatedPods.start(north);
        FaultInjectionProxy northApi = FaultInjectionProxy.inFrontOf(north.port());
        KubernetesClient client = ApiClient.to(north.url())) {
      account(north, "umbrella-jobs");
      Path kubeconfig = kubeconfig("north", northApi);
      stage.define("umbrella", 1, "cluster: north");
      cluster("north", "kubeconfig: " + kubeconfig);
      await().atMost(SETTLES_WITHIN).until(() -> ask("/q/health/well").contains("\"north\""));
      stage.requests().publish("umbrella", "running", SimulatedJobPublisher.plan(3_600_000, 0));
      stage.requests().publish("umbrella", "waiting", SimulatedJobPublisher.plan(100, 0));
      await().atMost(SETTLES_WITHIN).until(() -> pods(client).contains("Running"));
      northApi.inject(InjectedFaults.NONE.withApiUnreachable());
      northApi.dropWatches();

      cluster("north", "kubeconfig: %s, abandoned: true".formatted(kubeconfig));

      await()
          .atMost(SETTLES_WITHIN)
          .until(() ->
              finishedJobs("umbrella")
                  .containsAll(List.of("umbrella/running", "umbrella/waiting")));
      abandoned("umbrella/running");
      abandoned("umbrella/waiting");
      assertThat(pods(client)).containsExactly("Running");

      northApi.inject(InjectedFaults.NONE);
      cluster("north", "kubeconfig: " + kubeconfig);

      await().atMost(SETTLES_WITHIN).until(() -> pods(client).isEmpty());
      // Each partition learns of the change within two seconds.
      AtomicInteger later = new AtomicInteger();
      await()
          .atMost(SETTLES_WITHIN)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> {
            String id = "later-" + later.getAndIncrement();
            stage.requests().publish("umbrella", id, SimulatedJobPublisher.plan(100, 0));
            return finishedJobs("umbrella").stream()
                .anyMatch(job -> result(job).outcome().equals("SUCCEEDED"));
          });
      abandoned("umbrella/running");
      abandoned("umbrella/waiting");
    }
  }

  private static void abandoned(String job) {
    assertThat(stage.publishedResults().byJob().get(job))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.outcome()).isEqualTo("FAILED");
          assertThat(result.failure().path("category").asText()).isEqualTo("INFRASTRUCTURE");
          assertThat(result.failure().path("reason").asText()).isEqualTo("ClusterAbandoned");
        });
  }

  private static List<String> pods(KubernetesClient client) {
    return client.pods().inNamespace("umbrella-jobs").list().getItems().stream()
        .map(pod -> pod.getStatus().getPhase())
        .toList();
  }

  private static Path kubeconfig(String name, FaultInjectionProxy api) throws IOException {
    LaptopOptions laptop = stage.laptop().options();
    Path kubeconfig = laptop.data().resolve("kubeconfig-" + name);
    api.writeKubeconfig(laptop.kubeconfig(), kubeconfig);
    return kubeconfig;
  }

  private static void cluster(String name, String spec) throws IOException {
    Files.writeString(
        stage.laptop().options().definitions().resolve("cluster-" + name + ".yaml"),
        """
        apiVersion: firesteel.io/v1alpha1
        kind: Cluster
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  @Test
  void refusesATenantOfAnUnknownCluster() {
    refused("initech", "ClusterUnknown", "which is not defined");
  }

  @Test
  void refusesANamespaceThatIsNotWatched() {
    refused("hooli", "NamespaceNotWatched", "spec.namespaces of cluster east");
  }

  /** The service account of jobs; the laptop creates it only in its own cluster. */
  private static void account(KubernetesApi api, String namespace) {
    try (KubernetesClient client = ApiClient.to(api.url())) {
      client
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName("spark")
                  .endMetadata()
                  .build())
          .create();
    }
  }

  private static void refused(String tenant, String reason, String inMessage) {
    stage.requests().publish(tenant, "lost", SimulatedJobPublisher.plan(100, 0));
    await().atMost(SETTLES_WITHIN).until(() -> finishedJobs(tenant).contains(tenant + "/lost"));
    var failure = result(tenant + "/lost").failure();
    assertThat(failure.path("category").asText()).isEqualTo("CONFIGURATION");
    assertThat(failure.path("reason").asText()).isEqualTo(reason);
    assertThat(failure.path("message").asText()).contains(inMessage);
  }

  private static void publish(String tenant, String name) {
    for (int i = 0; i < JOBS; i++) {
      stage.requests().publish(tenant, name + "-" + i, SimulatedJobPublisher.plan(200, 0));
    }
    stage.requests().flush();
  }

  private static void awaitResults(String tenant, String name) {
    List<String> jobs =
        IntStream.range(0, JOBS).mapToObj(i -> "%s/%s-%d".formatted(tenant, name, i)).toList();
    await()
        .atMost(SETTLES_WITHIN)
        .untilAsserted(() -> assertThat(finishedJobs(tenant)).containsAll(jobs));
  }

  private static List<String> finishedJobs(String tenant) {
    stage.publishedResults().poll();
    return stage.publishedResults().byJob().keySet().stream()
        .filter(job -> job.startsWith(tenant + "/"))
        .toList();
  }

  private static PublishedResults.Result result(String job) {
    return stage.publishedResults().byJob().getOrDefault(job, List.of()).getFirst();
  }

  private static void verify(String tenant, DriverRuns runs, int jobs) {
    assertThat(runs.podsCreatedTwice()).isEmpty();
    assertThat(runs.runs())
        .hasSize(jobs)
        .allSatisfy(run -> assertThat(run.phase()).isEqualTo("Succeeded"))
        .extracting(DriverRun::pod)
        .doesNotHaveDuplicates();
    assertThat(finishedJobs(tenant)).hasSize(jobs);
    assertThat(stage.publishedResults().byJob().entrySet())
        .filteredOn(entry -> entry.getKey().startsWith(tenant + "/"))
        .allSatisfy(entry -> {
          assertThat(entry.getValue()).hasSize(1);
          assertThat(entry.getValue().getFirst().outcome()).isEqualTo("SUCCEEDED");
        });
  }

  private static String ask(String path) throws IOException, InterruptedException {
    URI address = stage.worker().http().resolve(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
