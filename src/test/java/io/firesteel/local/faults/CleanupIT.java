package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Jobs that succeed, fail and are cancelled leave nothing in the cluster, and foreign objects
 * remain. {@code -Dcleaning.jobs=1000} sets their number.
 */
final class CleanupIT {

  private static final int JOBS = Integer.getInteger("cleaning.jobs", 300);
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String INSTALLATION = "firesteel.io/installation";
  private static final Map<String, String> OURS =
      Map.of(
          MANAGED_BY,
          "firesteel",
          "firesteel.io/partition",
          "0",
          "firesteel.io/generation",
          "7",
          "firesteel.io/attempt",
          "1");

  private static final String LEFT_BY_A_DEAD_WORKER =
      DriverNames.of(new Attempt(new JobKey("acme", "x"), 7, 1)).configMap() + "-1";

  @Test
  void leavesNothingBehindAndTouchesNothingElse() throws IOException, InterruptedException {
    try (LaptopFixture laptopFixture =
        LaptopFixture.withTenants("cleaning", 50, "acme", "globex")) {
      KubernetesClient kubernetes = laptopFixture.laptop().kubernetes();
      laptopFixture.startWorker(
          Map.of(
              "FIRESTEEL_CLUSTER_KEEP_FINISHED", "PT2S",
              "FIRESTEEL_CLUSTER_ORPHAN_CHECK_INTERVAL", "PT2S",
              "FIRESTEEL_CLUSTER_ORPHAN_MIN_AGE", "PT3S"));
      publishAndCancelSome(laptopFixture);
      Map<String, String> ours = new TreeMap<>(OURS);
      ours.put(INSTALLATION, installation(kubernetes));
      configMap(kubernetes, LEFT_BY_A_DEAD_WORKER, ours, Map.of("firesteel.io/job-key", "acme/x"));
      configMap(kubernetes, "of-others", Map.of(), Map.of());
      configMap(kubernetes, "looks-like-ours", ours, Map.of());
      configMap(kubernetes, "labelled-by-others", ours, Map.of("firesteel.io/job-key", "acme/x"));
      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() -> {
            laptopFixture.publishedResults().poll();
            assertThat(laptopFixture.publishedResults().byJob()).hasSize(JOBS);
          });

      Map<String, Long> outcomes =
          laptopFixture.publishedResults().byJob().values().stream()
              .collect(
                  Collectors.groupingBy(
                      results -> results.getFirst().outcome(),
                      TreeMap::new,
                      Collectors.counting()));
      assertThat(outcomes).containsOnlyKeys("CANCELLED", "FAILED", "SUCCEEDED");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(leftOver(kubernetes)).isEmpty());
      assertThat(names(kubernetes)).contains("of-others", "looks-like-ours", "labelled-by-others");
      System.out.printf(
          "%d jobs %s: no pod, ConfigMap or Service of ours is left%n", JOBS, outcomes);
    }
  }

  /** The label of the first driver pod. */
  private static String installation(KubernetesClient kubernetes) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                kubernetes
                    .pods()
                    .inAnyNamespace()
                    .withLabel(INSTALLATION)
                    .list()
                    .getItems()
                    .stream()
                    .map(pod -> pod.getMetadata().getLabels().get(INSTALLATION))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** A third of the jobs fails, a tenth is cancelled. */
  private static void publishAndCancelSome(LaptopFixture laptopFixture) {
    for (int i = 0; i < JOBS; i++) {
      String tenant = i % 2 == 0 ? "acme" : "globex";
      boolean cancelled = i % 10 == 7;
      String plan = SimulatedJobPublisher.plan(cancelled ? 600_000 : 200, i % 3 == 0 ? 1 : 0);
      laptopFixture.requests().publish(tenant, "clean-" + i, plan);
      if (cancelled) {
        laptopFixture.requests().cancel(tenant, "clean-" + i);
      }
    }
    laptopFixture.requests().flush();
  }

  private static void configMap(
      KubernetesClient kubernetes,
      String name,
      Map<String, String> labels,
      Map<String, String> annotations) {
    kubernetes
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("acme-jobs")
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .build())
        .create();
  }

  private static List<String> leftOver(KubernetesClient kubernetes) {
    return Stream.of(
            kubernetes.pods().inAnyNamespace().withLabel(MANAGED_BY, "firesteel").list(),
            kubernetes.configMaps().inAnyNamespace().withLabel(MANAGED_BY, "firesteel").list(),
            kubernetes.services().inAnyNamespace().withLabel(MANAGED_BY, "firesteel").list())
        .flatMap(list -> list.getItems().stream())
        .map(object -> object.getMetadata().getName())
        .filter(name -> !List.of("looks-like-ours", "labelled-by-others").contains(name))
        .toList();
  }

  private static List<String> names(KubernetesClient kubernetes) {
    return kubernetes.configMaps().inNamespace("acme-jobs").list().getItems().stream()
        .map(object -> object.getMetadata().getName())
        .toList();
  }
}
