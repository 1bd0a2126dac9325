package io.firesteel.local;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.data.DailyFiles;
import io.firesteel.local.kafka.Broker;
import io.firesteel.local.kafka.RunningBroker;
import io.firesteel.local.kubelet.ApiClient;
import io.firesteel.local.kubelet.Kubelet;
import io.firesteel.local.kubelet.config.Python;
import io.firesteel.local.kubelet.spark.PythonSearch;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The laptop platform: a broker, an API server and a kubelet in this process, and workers in
 * processes of their own.
 *
 * <p>Topics survive a restart in the same folder. The cluster starts empty, so the jobs that ran
 * before are lost.
 */
public final class Laptop implements AutoCloseable {

  /** The credentials for the example storage; made up, and the same on every laptop. */
  static final DailyFiles.Credentials CREDENTIALS =
      new DailyFiles.Credentials("laptop-app", "laptop-tenant", "laptop-app-secret-4Tq9ZpX2");

  /** The file of the platform's own log. */
  static final String LOG = "laptop.log";

  private final LaptopOptions options;
  private final RunningBroker broker;
  private final KubernetesApi api;
  private final KubernetesClient client;
  private final Kubelet kubelet;
  private final SimulatedPods simulatedPods;
  private final Python python;
  private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();

  private Laptop(
      LaptopOptions options,
      RunningBroker broker,
      KubernetesApi api,
      KubernetesClient client,
      Kubelet kubelet,
      SimulatedPods simulatedPods,
      Python python) {
    this.options = options;
    this.broker = broker;
    this.api = api;
    this.client = client;
    this.kubelet = kubelet;
    this.simulatedPods = simulatedPods;
    this.python = python;
  }

  /** Starts the platform without workers. Every namespace gets a service account and a Secret. */
  public static Laptop start(LaptopOptions options) {
    LaptopLog.writeTo(options.data().resolve(LOG));
    return start(options, Broker.start(options.data().resolve("kafka"), options.kafkaPort()));
  }

  /** Starts the platform with a broker that already runs; {@link #close} closes it too. */
  public static Laptop start(LaptopOptions options, RunningBroker broker) {
    try {
      Files.createDirectories(options.data());
      KubernetesApi api = KubernetesApi.start(options.kubernetes());
      api.writeKubeconfig(options.kubeconfig());
      KubernetesClient client = ApiClient.to(api.url());
      Python python = python(options);
      Kubelet kubelet = Kubelet.start(options.kubelet(api.url(), python));
      SimulatedPods simulatedPods = SimulatedPods.start(api);
      Laptop laptop = new Laptop(options, broker, api, client, kubelet, simulatedPods, python);
      options.namespaces().forEach(laptop::provisionNamespace);
      DailyFiles.endingAt(options.input(), LocalDate.now(java.time.ZoneOffset.UTC))
          .write(CREDENTIALS);
      return laptop;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + options.data(), e);
    }
  }

  private static Python python(LaptopOptions options) {
    Python given = options.python();
    return given == null ? new PythonSearch(System.getenv()).find() : given;
  }

  /** Creates a namespace with a service account and a Secret, unless it exists. */
  void provisionNamespace(String namespace) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("spark")
                .endMetadata()
                .build())
        .serverSideApply();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(SampleRequests.SECRET)
                .endMetadata()
                .withStringData(
                    Map.of(
                        "app_id", CREDENTIALS.appId(),
                        "tenant_id", CREDENTIALS.tenantId(),
                        "app_secret", CREDENTIALS.appSecret()))
                .build())
        .serverSideApply();
  }

  /** The addresses for Kafka clients. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A client with every right. */
  public KubernetesClient kubernetes() {
    return client;
  }

  /** The API server, for simulated pods and proxies. */
  public KubernetesApi kubernetesApi() {
    return api;
  }

  /** The folders and ports. */
  public LaptopOptions options() {
    return options;
  }

  /** What runs Python jobs. */
  public Python python() {
    return python;
  }

  /** Sample requests for this platform. */
  public SampleRequests sampleRequests() {
    return new SampleRequests(options.input(), options.output());
  }

  /**
   * Starts a worker. Thread-safe.
   *
   * @param name unique; a restarted worker keeps it
   * @param httpPort 0 for a free port
   * @param settings environment variables beside the addresses
   */
  public WorkerProcess startWorker(String name, int httpPort, Map<String, String> settings) {
    Path folder = options.data().resolve("workers").resolve(name);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + folder, e);
    }
    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    environment.put("KUBECONFIG", options.kubeconfig().toString());
    environment.put("FIRESTEEL_DEFINITIONS_DIRECTORY", options.definitions().toString());
    environment.put("FIRESTEEL_STREAMS_STATE_DIRECTORY", folder.resolve("state").toString());
    environment.put("FIRESTEEL_STREAMS_INSTANCE_ID", name);
    environment.put("FIRESTEEL_TOPICS_PARTITIONS", "3");
    environment.put("FIRESTEEL_REST_OPEN", "true");
    environment.putAll(settings);
    int port = httpPort == 0 ? Broker.freePort() : httpPort;
    WorkerProcess worker =
        WorkerProcess.start(options.application(), environment, port, folder.resolve("log"));
    workers.add(worker);
    return worker;
  }

  /** Stops workers, pods, API server and broker, in this order. */
  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
    kubelet.close();
    simulatedPods.close();
    client.close();
    api.close();
    broker.close();
  }
}
