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
import io.firesteel.cluster.reconcile.SamplePods;
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
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a real cluster and the controller for it, as in production except for an inbox in
 * memory. {@link #close} and the end of the JVM delete everything.
 */
final class ContractCluster implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(90);

  /** A pod that takes longer to start is one that cannot. */
  private static final Duration START = Duration.ofSeconds(50);

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final ReconcilerSettings SETTINGS =
      new ReconcilerSettings(
          SamplePods.INSTALLATION,
          Duration.ofHours(1),
          null,
          SHORT,
          SHORT,
          Duration.ofSeconds(2),
          true);

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
            new InboxReporter(
                new ClusterProducer(inbox, new SimpleMeterRegistry(), _ -> threads), "inbox"),
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
    created.add(
        new OrphanCollector(
            cluster, SamplePods.INSTALLATION, partition, created, never, Clock.systemUTC()));
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
    return new DriverPodClient(cluster.client(), SamplePods.INSTALLATION, true);
  }

  PodResource pod(DesiredDriver driver) {
    return client().pods().inNamespace(namespace).withName(DriverNames.of(driver.attempt()).pod());
  }

  /** Waits until the driver pod runs; if it cannot start, fails with its reason. */
  Pod awaitRunning(DesiredDriver driver) {
    return startOf(driver)
        .until(
            () -> {
              Pod pod = pod(driver).get();
              failIfStuck(pod);
              return pod;
            },
            pod -> pod != null && pod.getStatus().getPhase().equals("Running"));
  }

  private static void failIfStuck(@Nullable Pod pod) {
    ContractPods.startError(pod)
        .ifPresent(reason -> {
          throw new AssertionError("The pod cannot start: " + reason);
        });
  }

  private ConditionFactory startOf(DesiredDriver driver) {
    return Awaitility.await()
        .atMost(START)
        .alias("the start of " + driver.attempt())
        .conditionEvaluationListener(
            new ConditionEvaluationListener<>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<Object> condition) {
                // Only the end matters.
              }

              @Override
              public void onTimeout(TimeoutEvent timeout) {
                throw new AssertionError(
                    "The pod did not start in %s: %s"
                        .formatted(START, ContractPods.describe(client(), pod(driver).get())));
              }
            });
  }

  /** The observations of an attempt, in order. */
  Stream<Observation> reported(DesiredDriver driver) {
    return inbox.history().stream()
        .map(sent -> JsonCodec.read(sent.value(), InboxMessage.Observed.class).observation())
        .filter(observation -> observation.attempt().equals(driver.attempt()));
  }

  /** Waits for the first observation of a type; fails as soon as another one ends the attempt. */
  <T extends Observation> T awaitReport(DesiredDriver driver, Class<T> kind) {
    (kind == Observation.Started.class ? startOf(driver) : Awaitility.await().atMost(SOON))
        .alias("%s of %s".formatted(kind.getSimpleName(), driver.attempt()))
        .until(() -> isReported(driver, kind));
    return reported(driver).filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private boolean isReported(DesiredDriver driver, Class<? extends Observation> kind) {
    List<Observation> reported = reported(driver).toList();
    boolean found = reported.stream().anyMatch(kind::isInstance);
    if (!found && reported.stream().anyMatch(ContractCluster::isEnd)) {
      throw new AssertionError(
          "The driver ended without %s: %s"
              .formatted(
                  kind.getSimpleName(),
                  reported.stream()
                      .flatMap(ContractCluster::failure)
                      .map(failure -> failure.reason() + ": " + failure.message())
                      .findFirst()
                      .orElse("it succeeded")));
    }
    return found;
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
