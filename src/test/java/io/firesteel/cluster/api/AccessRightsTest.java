package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.cluster.reconcile.PodView;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Roles in {@code k8s} grant what the worker calls, no more and no less. The calls are counted
 * by the same code that counts them in production.
 */
final class AccessRightsTest {

  private static final String EVERYTHING =
      """
      type: Java
      sparkVersion: 4.1.1
      image: spark:4.1.1
      mainClass: org.example.Main
      mainApplicationFile: local:///main.jar
      driver: {cores: 1, memory: 1g}
      executor: {instances: 1, cores: 1, memory: 1g}
      driverPodDisruptionBudget: true
      driverIngressOptions: [{servicePort: 4040, servicePortName: ui, ingressURLFormat: jobs.example.org}]
      sparkConf:
        spark.kubernetes.driver.volumes.persistentVolumeClaim.d.mount.path: /d
        spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.claimName: OnDemand
        spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.storageClass: fast
        spark.kubernetes.driver.volumes.persistentVolumeClaim.d.options.sizeLimit: 9Gi
      """;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void rolesGrantWhatIsCalledInATenantsNamespace(@TempDir Path folder) throws IOException {
    DesiredDriver desired = desired(EVERYTHING);
    withCluster(folder, client -> everyCall(client, desired));
    Set<RequestInfo> everywhere = granted("firesteel-watch");
    Set<RequestInfo> here = called();
    here.removeAll(everywhere);
    assertThat(here).isEqualTo(granted("firesteel-drivers"));
  }

  @Test
  void noRuleNamesSecrets() throws IOException {
    Set<String> all = new HashSet<>();
    try (var files = Files.walk(Path.of("k8s"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        documents(file)
            .forEach(
                d -> d.findValues("resources").forEach(r -> r.forEach(n -> all.add(n.asText()))));
      }
    }
    assertThat(all).contains("pods").doesNotContain("secrets", "*");
  }

  /** Creates twice: the second time finds everything there, as after a crash. */
  private static void everyCall(KubernetesClient client, DesiredDriver desired) {
    DriverPodClient driverPods = new DriverPodClient(client, SamplePods.INSTALLATION, true);
    driverPods.create(desired, 0, () -> true);
    PodView pod = pod(driverPods.create(desired, 0, () -> true));
    driverPods.get(new Effect.GetPod(desired.attempt(), pod.namespace(), pod.uid()), 0);
    new DiagnosticsCollector(client, 20)
        .collect(
            new Effect.Diagnose(
                desired.attempt(),
                pod.namespace(),
                pod.name(),
                pod.uid(),
                PodReader.DRIVER_CONTAINER));
    driverPods.delete(new Effect.DeletePod(pod.namespace(), pod.name(), pod.uid(), false));
  }

  private static PodView pod(Effect.CallResult result) {
    if (result instanceof Effect.CallResult.Completed(PodView pod) && pod != null) {
      return pod;
    }
    throw new AssertionError("no driver was created: " + result);
  }

  private static DesiredDriver desired(String spec) throws IOException {
    return new DesiredDriver(
        new Attempt(new JobKey("acme", "rights"), 1, 1),
        "acme",
        new Placement("acme-jobs", "default", null),
        null,
        false,
        Map.of(),
        null,
        new YAMLMapper().readTree(spec));
  }

  private void withCluster(Path folder, Consumer<KubernetesClient> worker) throws IOException {
    try (KubernetesApi api =
        KubernetesApi.start(KubernetesApiOptions.defaults().withNamespaces("acme-jobs"))) {
      api.writeKubeconfig(folder.resolve("kubeconfig"));
      Config config = Config.fromKubeconfig(Files.readString(folder.resolve("kubeconfig")));
      try (KubernetesClient client =
          new KubernetesClientBuilder()
              .withConfig(config)
              .withHttpClientBuilderConsumer(http ->
                  http.addOrReplaceInterceptor("metrics", new ApiMetrics(registry, "default")))
              .build()) {
        worker.accept(client);
      }
    }
  }

  private Set<RequestInfo> called() {
    Set<RequestInfo> calls = new HashSet<>();
    registry
        .find(ApiMetrics.CALLS)
        .counters()
        .forEach(counter ->
            calls.add(
                new RequestInfo(
                    tag(counter, "verb"), tag(counter, "group"), tag(counter, "resource"))));
    return calls;
  }

  private static String tag(Counter counter, String name) {
    return Objects.requireNonNull(counter.getId().getTag(name), name);
  }

  private static Set<RequestInfo> granted(String role) throws IOException {
    Set<RequestInfo> rights = new HashSet<>();
    documents(Path.of("k8s/base/rbac.yaml"))
        .filter(d -> d.path("kind").asText().equals("ClusterRole"))
        .filter(d -> d.at("/metadata/name").asText().equals(role))
        .forEach(d -> d.path("rules").forEach(rule -> add(rights, rule)));
    return rights;
  }

  private static void add(Set<RequestInfo> rights, JsonNode rule) {
    for (JsonNode group : rule.path("apiGroups")) {
      for (JsonNode resource : rule.path("resources")) {
        rule.path("verbs")
            .forEach(verb ->
                rights.add(new RequestInfo(verb.asText(), group.asText(), resource.asText())));
      }
    }
  }

  private static Stream<JsonNode> documents(Path file) throws IOException {
    var yaml = new YAMLMapper();
    try (var parser = yaml.createParser(file.toFile());
        var documents = yaml.readValues(parser, new TypeReference<JsonNode>() {})) {
      return documents.readAll().stream();
    }
  }
}
