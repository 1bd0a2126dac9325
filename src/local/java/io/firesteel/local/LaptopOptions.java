package io.firesteel.local;

import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.kubelet.spark.SparkDistribution;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders and ports of a laptop platform.
 *
 * @param home the checkout, with the built worker and Spark in {@code target}
 * @param data the folder for state
 * @param definitions the folder of tenants and templates
 * @param namespaces the namespaces to create
 * @param kafkaPort 0 for a free port
 * @param kubernetesPort 0 for a free port
 * @param python what runs Python jobs; null to look for it at the start
 */
public record LaptopOptions(
    Path home,
    Path data,
    Path definitions,
    List<String> namespaces,
    int kafkaPort,
    int kubernetesPort,
    @Nullable Python python) {

  private static final int KAFKA_PORT = 19092;
  private static final int KUBERNETES_PORT = 16443;

  public LaptopOptions {
    namespaces = List.copyOf(namespaces);
    data = data.toAbsolutePath();
    definitions = definitions.toAbsolutePath();
  }

  /** The ports of the README, with the two sample tenants. */
  public static LaptopOptions onDefaultPorts(Path home, Path data) {
    return onPorts(home, data, KAFKA_PORT, KUBERNETES_PORT);
  }

  /** Free ports, for platforms side by side. */
  public static LaptopOptions onFreePorts(Path home, Path data) {
    return onPorts(home, data, 0, 0);
  }

  private static LaptopOptions onPorts(Path home, Path data, int kafka, int kubernetes) {
    return new LaptopOptions(
        home, data, sampleDefinitions(home), SAMPLE_NAMESPACES, kafka, kubernetes, null);
  }

  private static final List<String> SAMPLE_NAMESPACES = List.of("acme-jobs", "globex-jobs");

  private static Path sampleDefinitions(Path home) {
    return home.resolve("src/local/definitions");
  }

  /** Replaces the definitions. */
  public LaptopOptions withDefinitions(Path folder, List<String> tenantNamespaces) {
    return new LaptopOptions(
        home, data, folder, tenantNamespaces, kafkaPort, kubernetesPort, python);
  }

  /** Replaces what runs Python jobs. */
  public LaptopOptions with(Python other) {
    return new LaptopOptions(home, data, definitions, namespaces, kafkaPort, kubernetesPort, other);
  }

  /** The checkout of the launcher, or the working directory. */
  public static Path checkoutHome() {
    return Path.of(System.getProperty("firesteel.home", "")).toAbsolutePath();
  }

  /** The folder of the packaged worker, or the executable that the launcher names. */
  Path application() {
    String executable = System.getProperty("firesteel.worker", "");
    return executable.isEmpty() ? home.resolve("target/quarkus-app") : Path.of(executable);
  }

  /** The kubeconfig of the API server. */
  public Path kubeconfig() {
    return data.resolve("kubeconfig");
  }

  /** The audit log of the API server. */
  public Path auditLog() {
    return data.resolve("audit.jsonl");
  }

  /** The input of the example jobs. */
  public Path input() {
    return data.resolve("input");
  }

  /** The output of the example jobs. */
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

  KubeletOptions kubelet(String api, Python python) {
    SparkDistribution spark = SparkDistribution.at(home.resolve("target/spark-4.1.1"));
    return KubeletOptions.laptop(
        URI.create(api), data.resolve("kubelet"), podLogs(), spark.installation().with(python));
  }
}
