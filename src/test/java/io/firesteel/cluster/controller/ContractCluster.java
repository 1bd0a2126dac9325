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
import io.firesteel.cluster.reconcile.Reconciler;
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
 * A namespace of our own in some cluster, with the cluster side at work in it: shard, watch and
 * calls as in production, the inbox in memory. {@link #close} leaves nothing behind, and neither
 * does the end of the JVM.
 */
public final class ContractCluster implements AutoCloseable {

  public static final Duration SOON = Duration.ofSeconds(90);

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(Duration.ofHours(1), null, SHORT, SHORT, Duration.ofSeconds(2), true);

  private final String namespace = "firesteel-contract-" + random("%08x", Integer.MAX_VALUE);

  /** A number that no installation has, so that one in the same cluster does not meddle. */
  private final int partition =
      1_000_000 + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE / 2);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ClusterConnection cluster;
  private final MockProducer<byte[], byte[]> inbox =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Thread shutdownHook = new Thread(this::removeNamespace);
  private final Leases leases = new Leases(Duration.ofDays(1), System::nanoTime);
  private RunningController controller;

  ContractCluster(File kubeconfig) {
    Config where = Config.fromKubeconfig(kubeconfig);
    where.setRequestRetryBackoffLimit(0);
    where.setWatchReconnectLimit(0);
    KubernetesClients clients =
        new KubernetesClients(
            new KubernetesSerialization(), new SimpleMeterRegistry(), Clock.systemUTC());
    FairExecutor executor = new FairExecutor(threads, 8);
    cluster =
        clients.connect("tried", where, Set.of(namespace), executor, clients.reachability("tried"));
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    createNamespace();
    leases.acquire(partition, () -> {});
    leases.confirm(partition);
    controller = startableController();
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

  private RunningController startableController() {
    KubernetesEffectRunner effects =
        new KubernetesEffectRunner(
            drivers(),
            new DiagnosticsCollector(client(), 20),
            new InboxReporter(inbox, "inbox"),
            cluster,
            leases,
            partition);
    DriverController controller =
        new DriverController(new Reconciler(SETTINGS), effects, Clock.systemUTC());
    PodInformer watch =
        new PodInformer(
            cluster,
            namespace,
            partition,
            controller,
            new WatchReadiness(Clock.systemUTC()).register("tried", namespace));
    OrphanCollector.Schedule never =
        new OrphanCollector.Schedule(Duration.ofHours(1), Duration.ofHours(1));
    OrphanCollector orphanCollector =
        new OrphanCollector(cluster, partition, controller, never, Clock.systemUTC());
    return new RunningController(cluster, controller, List.of(watch), orphanCollector, threads);
  }

  /** As if this replica had died and another had taken over. */
  public void takeOver(DesiredDriver known) {
    controller.close();
    controller = startableController();
    controller.controller().setDesired(known.attempt().job(), known);
    controller.start();
  }

  public void setDesired(DesiredDriver driver) {
    controller.controller().setDesired(driver.attempt().job(), driver);
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

  public PodResource pod(DesiredDriver driver) {
    return client().pods().inNamespace(namespace).withName(DriverNames.of(driver.attempt()).pod());
  }

  Pod awaitPhase(DesiredDriver driver, String phase) {
    return Awaitility.await()
        .atMost(SOON)
        .until(
            () -> pod(driver).get(),
            pod -> pod != null && pod.getStatus().getPhase().equals(phase));
  }

  /** What the inbox was told of an attempt, in order. */
  public Stream<Observation> reported(DesiredDriver driver) {
    return inbox.history().stream()
        .map(sent -> JsonCodec.read(sent.value(), InboxMessage.Observed.class).observation())
        .filter(seen -> seen.attempt().equals(driver.attempt()));
  }

  /** Waits for the first of a kind that is told of an attempt. */
  public <T extends Observation> T awaitReport(DesiredDriver driver, Class<T> kind) {
    Awaitility.await()
        .alias("%s of %s after %s".formatted(kind.getSimpleName(), driver.attempt(), SOON))
        .atMost(SOON)
        .until(() -> reported(driver).anyMatch(kind::isInstance));
    return reported(driver).filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  /** Waits until an attempt is told to be over. */
  public void awaitEnd(DesiredDriver driver) {
    Awaitility.await()
        .alias("the end of " + driver.attempt())
        .atMost(SOON)
        .until(() -> reported(driver).anyMatch(ContractCluster::isEnd));
  }

  /** Why an attempt is over, when it did not end well. */
  static Stream<Failure> why(Observation seen) {
    return switch (seen) {
      case Observation.Finished finished -> Stream.ofNullable(finished.failure());
      case Observation.Gone gone -> Stream.of(gone.failure());
      default -> Stream.of();
    };
  }

  /** Why an attempt that did not end well is over. */
  Failure failureOf(DesiredDriver driver) {
    awaitEnd(driver);
    return reported(driver).flatMap(ContractCluster::why).findFirst().orElseThrow();
  }

  public static boolean isEnd(Observation seen) {
    return seen instanceof Observation.Finished || seen instanceof Observation.Gone;
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
