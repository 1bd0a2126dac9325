package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.api.FairExecutor;
import io.firesteel.cluster.api.KubernetesClients;
import io.firesteel.cluster.api.Reachability;
import io.firesteel.cluster.reconcile.ReconcilerSettings;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.json.JsonCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * A namespace of a real cluster and the controller for it, as in production except for an inbox in
 * memory. {@link #close} and the end of the JVM delete everything.
 */
final class ContractCluster implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(90);

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(Duration.ofHours(1), null, SHORT, SHORT, Duration.ofSeconds(2), true);

  private final String namespace = "firesteel-contract-" + random("%08x", Integer.MAX_VALUE);

  /** A partition that no installation has, so that none in the same cluster interferes. */
  private final int partition =
      1_000_000 + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE / 2);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ClusterConnection cluster;
  private final MockProducer<byte[], byte[]> inbox =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Thread shutdownHook = new Thread(this::removeNamespace);
  private final Leases leases = new Leases(Duration.ofDays(1), System::nanoTime);
  private DriverController controller;

  ContractCluster(File kubeconfig) {
    Config where = Config.fromKubeconfig(kubeconfig);
    where.setRequestRetryBackoffLimit(0);
    where.setWatchReconnectLimit(0);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    cluster =
        new KubernetesClients(new KubernetesSerialization(), registry)
            .connect(
                "contract",
                where,
                Set.of(namespace),
                new FairExecutor(threads, 8),
                new Reachability("contract", registry, Clock.systemUTC()));
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    createNamespace();
    leases.acquire(partition, () -> {});
    leases.confirm(partition);
    controller = newController();
    controller.start();
  }

  private static String random(String format, int below) {
    return format.formatted(ThreadLocalRandom.current().nextInt(below));
  }

  private void createNamespace() {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("app.kubernetes.io/part-of", "firesteel-contract")
                .endMetadata()
                .build())
        .create();
    client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("spark")
                .endMetadata()
                .build())
        .create();
  }

  private DriverController newController() {
    KubernetesEffectRunner effects =
        new KubernetesEffectRunner(
            drivers(),
            new DiagnosticsCollector(client(), 20),
            new InboxReporter(inbox, "inbox"),
            cluster,
            leases,
            partition);
    DriverController created =
        new DriverController(cluster, SETTINGS, effects, Clock.systemUTC(), threads);
    PodInformer informer =
        new PodInformer(
            cluster,
            namespace,
            partition,
            created,
            new WatchReadiness(Clock.systemUTC()).register("contract", namespace));
    OrphanCollector.Schedule never =
        new OrphanCollector.Schedule(Duration.ofHours(1), Duration.ofHours(1));
    created.add(informer);
    created.add(new OrphanCollector(cluster, partition, created, never, Clock.systemUTC()));
    return created;
  }

  /** Simulates that another replica takes the partition over. */
  void takeOver(DesiredDriver known) {
    controller.close();
    controller = newController();
    controller.setDesired(known.attempt().job(), known);
    controller.start();
  }

  void setDesired(DesiredDriver driver) {
    controller.setDesired(driver.attempt().job(), driver);
  }

  String namespace() {
    return namespace;
  }

  int partition() {
    return partition;
  }

  ClusterConnection cluster() {
    return cluster;
  }

  KubernetesClient client() {
    return cluster.client();
  }

  DriverPodClient drivers() {
    return new DriverPodClient(cluster.client());
  }

  PodResource pod(DesiredDriver driver) {
    return client().pods().inNamespace(namespace).withName(DriverNames.of(driver.attempt()).pod());
  }

  Pod awaitPhase(DesiredDriver driver, String phase) {
    return Awaitility.await()
        .atMost(SOON)
        .until(
            () -> pod(driver).get(),
            pod -> pod != null && pod.getStatus().getPhase().equals(phase));
  }

  /** The observations of an attempt, in order. */
  Stream<Observation> reported(DesiredDriver driver) {
    return inbox.history().stream()
        .map(sent -> JsonCodec.read(sent.value(), InboxMessage.Observed.class).observation())
        .filter(observation -> observation.attempt().equals(driver.attempt()));
  }

  /** Waits for the first observation of a type. */
  <T extends Observation> T awaitReport(DesiredDriver driver, Class<T> kind) {
    Awaitility.await()
        .alias("%s of %s after %s".formatted(kind.getSimpleName(), driver.attempt(), SOON))
        .atMost(SOON)
        .until(() -> reported(driver).anyMatch(kind::isInstance));
    return reported(driver).filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  /** Waits until the end of an attempt is reported. */
  void awaitEnd(DesiredDriver driver) {
    Awaitility.await()
        .alias("the end of " + driver.attempt())
        .atMost(SOON)
        .until(() -> reported(driver).anyMatch(ContractCluster::isEnd));
  }

  static Stream<Failure> failure(Observation observation) {
    return switch (observation) {
      case Observation.Finished finished -> Stream.ofNullable(finished.failure());
      case Observation.Gone gone -> Stream.of(gone.failure());
      case Observation.Abandoned abandoned -> Stream.of(abandoned.failure());
      default -> Stream.of();
    };
  }

  Failure failureOf(DesiredDriver driver) {
    awaitEnd(driver);
    return reported(driver).flatMap(ContractCluster::failure).findFirst().orElseThrow();
  }

  static boolean isEnd(Observation observation) {
    return observation instanceof Observation.Finished || observation instanceof Observation.Gone;
  }

  private void removeNamespace() {
    var pods = client().pods().inNamespace(namespace);
    pods.list().getItems().stream()
        .filter(pod -> !pod.getMetadata().getFinalizers().isEmpty())
        .forEach(pod ->
            pods.resource(pod)
                .edit(p -> {
                  p.getMetadata().setFinalizers(List.of());
                  return p;
                }));
    client().namespaces().withName(namespace).withGracePeriod(0).delete();
  }

  @Override
  public void close() {
    controller.close();
    removeNamespace();
    Awaitility.await()
        .atMost(SOON)
        .until(() -> client().namespaces().withName(namespace).get() == null);
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
    cluster.close();
    threads.shutdownNow();
  }
}
