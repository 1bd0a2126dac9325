package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.firesteel.driver.DriverNames;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import io.firesteel.kafka.Json;
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
final class ContractCluster implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(90);

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Limits LIMITS =
      new Limits(Duration.ofHours(1), null, SHORT, SHORT, Duration.ofSeconds(2), true);

  private final String namespace = "firesteel-contract-" + random("%08x", Integer.MAX_VALUE);

  /** A number that no installation has, so that one in the same cluster does not meddle. */
  private final int partition =
      1_000_000 + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE / 2);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Cluster cluster;
  private final MockProducer<byte[], byte[]> inbox =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Thread atTheLatest = new Thread(this::removeNamespace);
  private final Leases ours = new Leases(Duration.ofDays(1), System::nanoTime);
  private OpenShard open;

  ContractCluster(File kubeconfig) {
    Config where = Config.fromKubeconfig(kubeconfig);
    where.setRequestRetryBackoffLimit(0);
    where.setWatchReconnectLimit(0);
    Connector connector =
        new Connector(new KubernetesSerialization(), new SimpleMeterRegistry(), Clock.systemUTC());
    Turns turns = new Turns(threads, 8);
    cluster = connector.connect("tried", where, Set.of(namespace), turns, connector.reach("tried"));
    Runtime.getRuntime().addShutdownHook(atTheLatest);
    furnish();
    ours.claim(partition, () -> {});
    ours.confirm(partition);
    open = shard();
    open.begin();
  }

  private static String random(String format, int below) {
    return format.formatted(ThreadLocalRandom.current().nextInt(below));
  }

  private void furnish() {
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

  private OpenShard shard() {
    KubernetesEffects effects =
        new KubernetesEffects(
            drivers(),
            new Inquiry(client(), 20),
            new InboxReports(inbox, "inbox"),
            cluster,
            ours,
            partition);
    Shard shard = new Shard(new Reconciliation(LIMITS), effects, Clock.systemUTC());
    PodWatch watch =
        new PodWatch(
            cluster,
            namespace,
            partition,
            shard,
            new Sights(Clock.systemUTC()).open("tried", namespace));
    Sweep.Plan never = new Sweep.Plan(Duration.ofHours(1), Duration.ofHours(1));
    Sweep sweep = new Sweep(cluster, partition, shard, never, Clock.systemUTC());
    return new OpenShard(cluster, shard, List.of(watch), sweep, threads);
  }

  /** As if this replica had died and another had taken over. */
  void takeOver(DesiredDriver known) {
    open.close();
    open = shard();
    open.shard().desire(known.attempt().job(), known);
    open.begin();
  }

  void want(DesiredDriver driver) {
    open.shard().desire(driver.attempt().job(), driver);
  }

  String namespace() {
    return namespace;
  }

  int partition() {
    return partition;
  }

  Cluster cluster() {
    return cluster;
  }

  KubernetesClient client() {
    return cluster.client();
  }

  Drivers drivers() {
    return new Drivers(cluster.client());
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

  /** What the inbox was told of an attempt, in order. */
  Stream<Observation> told(DesiredDriver driver) {
    return inbox.history().stream()
        .map(sent -> Json.read(sent.value(), InboxMessage.Observed.class).observation())
        .filter(seen -> seen.attempt().equals(driver.attempt()));
  }

  /** Waits for the first of a kind that is told of an attempt. */
  <T extends Observation> T heard(DesiredDriver driver, Class<T> kind) {
    Awaitility.await()
        .alias("%s of %s after %s".formatted(kind.getSimpleName(), driver.attempt(), SOON))
        .atMost(SOON)
        .until(() -> told(driver).anyMatch(kind::isInstance));
    return told(driver).filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  /** Waits until an attempt is told to be over. */
  void ended(DesiredDriver driver) {
    Awaitility.await()
        .alias("the end of " + driver.attempt())
        .atMost(SOON)
        .until(() -> told(driver).anyMatch(ContractCluster::over));
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
    ended(driver);
    return told(driver).flatMap(ContractCluster::why).findFirst().orElseThrow();
  }

  static boolean over(Observation seen) {
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
    open.close();
    removeNamespace();
    Awaitility.await()
        .atMost(SOON)
        .until(() -> client().namespaces().withName(namespace).get() == null);
    Runtime.getRuntime().removeShutdownHook(atTheLatest);
    cluster.close();
    threads.shutdownNow();
  }
}
