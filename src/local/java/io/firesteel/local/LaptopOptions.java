package io.firesteel.local;

import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.spark.SparkDistribution;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * How the laptop platform is laid out.
 *
 * @param home the checkout, with the built worker and Spark below {@code target}
 * @param data where state goes
 * @param definitions the tenants' and templates' folder
 * @param namespaces made at the start
 * @param kafkaPort 0 for any free one
 * @param kubernetesPort 0 for any free one
 */
public record LaptopOptions(
    Path home,
    Path data,
    Path definitions,
    List<String> namespaces,
    int kafkaPort,
    int kubernetesPort) {

  private static final int KAFKA_PORT = 19092;
  private static final int KUBERNETES_PORT = 16443;

  public LaptopOptions {
    namespaces = List.copyOf(namespaces);
    data = data.toAbsolutePath();
    definitions = definitions.toAbsolutePath();
  }

  /** On the ports that the README names, with our two sample tenants. */
  public static LaptopOptions onDefaultPorts(Path home, Path data) {
    return new LaptopOptions(
        home, data, sampleDefinitions(home), SAMPLE_NAMESPACES, KAFKA_PORT, KUBERNETES_PORT);
  }

  /** Beside any other. */
  public static LaptopOptions onFreePorts(Path home, Path data) {
    return new LaptopOptions(home, data, sampleDefinitions(home), SAMPLE_NAMESPACES, 0, 0);
  }

  private static final List<String> SAMPLE_NAMESPACES = List.of("acme-jobs", "globex-jobs");

  private static Path sampleDefinitions(Path home) {
    return home.resolve("src/local/definitions");
  }

  /** The same with other definitions. */
  public LaptopOptions withDefinitions(Path folder, List<String> tenantNamespaces) {
    return new LaptopOptions(home, data, folder, tenantNamespaces, kafkaPort, kubernetesPort);
  }

  /** Of the checkout that the launcher started from, or else the working folder. */
  public static Path checkoutHome() {
    return Path.of(System.getProperty("firesteel.home", "")).toAbsolutePath();
  }

  /** The packaged worker: its folder, or an executable that the launcher was told of. */
  Path application() {
    String executable = System.getProperty("firesteel.worker", "");
    return executable.isEmpty() ? home.resolve("target/quarkus-app") : Path.of(executable);
  }

  /** For kubectl and every client. */
  public Path kubeconfig() {
    return data.resolve("kubeconfig");
  }

  /** What was done in the cluster, by whom and when. */
  public Path auditLog() {
    return data.resolve("audit.jsonl");
  }

  /** The daily files that example jobs read. */
  public Path input() {
    return data.resolve("input");
  }

  /** Where example jobs write. */
  public Path output() {
    return data.resolve("output");
  }

  private Path podLogs() {
    return data.resolve("pod-logs");
  }

  KubernetesApiOptions kubernetes() {
    return KubernetesApiOptions.defaults()
        .withPort(kubernetesPort)
        .withAuditLog(auditLog())
        .withPodLogs(podLogs())
        .withNamespaces(namespaces.toArray(String[]::new));
  }

  KubeletOptions kubelet(String api) {
    SparkDistribution spark = SparkDistribution.at(home.resolve("target/spark-4.1.1"));
    return KubeletOptions.laptop(
        URI.create(api), data.resolve("kubelet"), podLogs(), spark.installation());
  }
}
