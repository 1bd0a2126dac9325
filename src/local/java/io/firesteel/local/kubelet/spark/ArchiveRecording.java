package io.firesteel.local.kubelet.spark;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.data.DailyFiles;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubelet.Kubelet;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.status.RestoredContainers;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a small job on a node and an API server of its own, so that driver and executor record the
 * classes that they load and write their archives at the end.
 */
record ArchiveRecording(SparkDistribution spark, Path folder) {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final LocalDate LAST = LocalDate.of(2026, 1, 31);

  /**
   * @throws IOException if the job fails; its log then remains in the folder
   */
  void run() throws IOException {
    var credentials = new DailyFiles.Credentials("recorder", "nobody", "nothing");
    new DailyFiles(folder.resolve("in"), LAST, 5, 1).write(credentials);
    try (var api =
            KubernetesApi.start(
                KubernetesApiOptions.defaults().withPodLogs(folder.resolve("logs")));
        var kubelet = Kubelet.start(options(api.url()));
        var client = ApiClient.to(api.url())) {
      var pod = client.resource(driver().pod()).create();
      client.resource(driver().configMap(pod)).create();
      awaitSuccess(client, pod.getMetadata().getName());
      for (var executor : client.pods().withLabel("spark-role", "executor").list().getItems()) {
        awaitSuccess(client, executor.getMetadata().getName());
      }
    }
  }

  private KubeletOptions options(String url) {
    return KubeletOptions.laptop(
        URI.create(url),
        folder.resolve("kubelet"),
        folder.resolve("logs"),
        spark.recordingInstallation(folder));
  }

  private SampleDriver driver() {
    var in = folder.resolve("in").toString();
    var out = folder.resolve("out").toString();
    return SampleDriver.running("recorder", "DailyTotals", in, out, "5", LAST.toString())
        .withEnv(
            List.of(
                new EnvVar("APP_ID", "recorder", null),
                new EnvVar("TENANT_ID", "nobody", null),
                new EnvVar("APP_SECRET", "nothing", null)))
        .withProperties(
            Map.of(
                "spark.executorEnv.APP_ID", "recorder",
                "spark.executorEnv.TENANT_ID", "nobody",
                "spark.executorEnv.APP_SECRET", "nothing",
                "spark.executor.instances", "1",
                // A deletion would kill an executor that still writes its archive.
                "spark.kubernetes.executor.deleteOnTermination", "false"));
  }

  private void awaitSuccess(KubernetesClient client, String name) throws IOException {
    var pod =
        client
            .pods()
            .inNamespace(SampleDriver.NAMESPACE)
            .withName(name)
            .waitUntilCondition(
                found -> found == null || RestoredContainers.isFinished(found),
                TIMEOUT.toSeconds(),
                TimeUnit.SECONDS);
    if (!"Succeeded".equals(phase(pod))) {
      throw new IOException(
          "The job that prepares Spark failed; see the logs in " + folder.resolve("logs"));
    }
  }

  private static String phase(@Nullable Pod pod) {
    return pod == null ? "gone" : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
  }
}
