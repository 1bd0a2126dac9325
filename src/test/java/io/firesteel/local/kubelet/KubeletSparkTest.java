package io.firesteel.local.kubelet;

import static io.firesteel.local.kubelet.ShellPod.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.firesteel.local.data.DailyFiles;
import io.firesteel.local.data.Totals;
import io.firesteel.local.kubelet.spark.PrepareSpark;
import io.firesteel.local.kubelet.spark.SampleDriver;
import io.firesteel.local.kubelet.spark.SparkDistribution;
import io.firesteel.local.kubelet.status.RestoredContainers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real Spark jobs on the API server and the node. Needs {@code mvn -f src/spark/pom.xml package} to
 * have run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletSparkTest {

  private static final LocalDate LAST = LocalDate.of(2026, 3, 1);
  private static final DailyFiles.Credentials SECRET =
      new DailyFiles.Credentials("app-1", "tenant-1", "hush");

  private KubeletFixture cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    var spark = SparkDistribution.at(Path.of("target", "spark-4.1.1"));
    assumeThat(spark.isBuilt()).as("Spark in " + spark.home()).isTrue();
    PrepareSpark.prepare(spark, _ -> {});
    cluster = new KubeletFixture(folder, spark.installation(), UnaryOperator.identity());
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void runsADriverAndTwoExecutorsToTheEnd() throws IOException {
    cluster.run(SampleDriver.running("pi", "Pi", "20"));

    assertThat(condition(cluster.waitForPhase("pi", "Running"), "Ready").getStatus())
        .isEqualTo("False");
    cluster.waitFor("pi", running -> condition(running, "Ready").getStatus().equals("True"));
    var pod = cluster.waitForPhase("pi", "Succeeded");

    assertThat(cluster.log(pod)).contains("Pi is roughly 3.1", "Registered executor");
    assertThat(pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated())
        .satisfies(ended -> assertThat(ended.getExitCode()).isZero())
        .satisfies(ended -> assertThat(ended.getReason()).isEqualTo("Completed"));
    assertThat(cluster.reasons("pi")).contains("Scheduled", "Pulled", "Created", "Started");
  }

  @Test
  void givesSecretsToDriverAndExecutorsOnceTheyExist(@TempDir Path folder) throws IOException {
    var files = DailyFiles.endingAt(folder.resolve("in"), LAST);
    files.write(SECRET);
    cluster.run(dailyTotals(files.root(), folder.resolve("out")));

    var waiting = cluster.waitForReason("totals", "CreateContainerConfigError");
    assertThat(
            waiting
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getWaiting()
                .getMessage())
        .isEqualTo("secret \"storage\" not found");
    cluster.client.resource(storageSecret()).create();
    var pod = cluster.waitFor("totals", RestoredContainers::isFinished);

    assertThat(pod.getStatus().getPhase()).as(cluster.log(pod)).isEqualTo("Succeeded");
    assertThat(Totals.written(folder.resolve("out")))
        .isEqualTo(Totals.expected(files.root(), files.firstDay(), LAST));
    assertThat(cluster.log(pod)).doesNotContain("hush");
  }

  @Test
  void stopsDriverAndExecutorsWhenTheDriverIsDeleted() {
    var idle = cluster.processes();
    cluster.run(SampleDriver.running("sleeps", "Sleeps", "300"));
    await().atMost(Duration.ofSeconds(60)).until(() -> runningExecutors("sleeps") == 2);
    assertThat(cluster.processes()).isGreaterThan(idle);

    cluster.client.pods().withName("sleeps").delete();
    cluster.waitUntilRemoved("sleeps");

    await().atMost(Duration.ofSeconds(40)).until(() -> runningExecutors("sleeps") == 0);
    await().untilAsserted(() -> assertThat(cluster.processes()).isLessThanOrEqualTo(idle));
    assertThat(cluster.client.configMaps().withName("sleeps-conf-map").get()).isNull();
  }

  @Test
  void killsADriverOverItsMemoryLimit() throws IOException {
    cluster.run(SampleDriver.running("eats", "EatsMemory"));

    var pod = cluster.waitForPhase("eats", "Failed");

    var ended = pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(ended.getReason()).as(cluster.log(pod)).isEqualTo("OOMKilled");
    assertThat(ended.getExitCode()).isEqualTo(137);
    assertThat(cluster.reasons("eats")).contains("OOMKilling");
  }

  @Test
  void reportsTheExitCodeOfTheApplication() {
    cluster.run(SampleDriver.running("exits", "Exits", "42"));

    var pod = cluster.waitForPhase("exits", "Failed");

    assertThat(
            pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode())
        .isEqualTo(42);
  }

  private SampleDriver dailyTotals(Path in, Path out) {
    var refs =
        Stream.of("APP_ID", "TENANT_ID", "APP_SECRET")
            .map(name ->
                new EnvVar(
                    name,
                    null,
                    new EnvVarSourceBuilder().withNewSecretKeyRef(name, "storage", false).build()))
            .toList();
    var forExecutors = new HashMap<String, String>();
    refs.forEach(ref ->
        forExecutors.put(
            "spark.kubernetes.executor.secretKeyRef." + ref.getName(), "storage:" + ref.getName()));
    return SampleDriver.running(
            "totals", "DailyTotals", in.toString(), out.toString(), "60", LAST.toString())
        .withEnv(refs)
        .withProperties(Map.copyOf(forExecutors));
  }

  private static io.fabric8.kubernetes.api.model.Secret storageSecret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("storage")
        .endMetadata()
        .withStringData(
            Map.of(
                "APP_ID",
                SECRET.appId(),
                "TENANT_ID",
                SECRET.tenantId(),
                "APP_SECRET",
                SECRET.appSecret()))
        .build();
  }

  private long runningExecutors(String app) {
    List<Pod> executors =
        cluster.client.pods().withLabel("spark-role", "executor").list().getItems();
    return executors.stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(app))
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }
}
