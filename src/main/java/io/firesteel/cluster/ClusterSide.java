package io.firesteel.cluster;

import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Starts and stops the cluster side of this replica. */
@ApplicationScoped
class ClusterSide {

  private final ClusterConfig config;
  private final Clusters clusters;
  private final Topics topics;
  private final StreamsApps apps;
  private final Map<String, Object> kafka;
  private final Clock clock;
  private final Sights sights;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Map<String, Cluster> open = Map.of();
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable StreamsApp app;

  ClusterSide(
      ClusterConfig config,
      Clusters clusters,
      Topics topics,
      StreamsApps apps,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Clock clock,
      Sights sights) {
    this.config = config;
    this.clusters = clusters;
    this.topics = topics;
    this.apps = apps;
    this.kafka = kafka;
    this.clock = clock;
    this.sights = sights;
  }

  void start(@Observes StartupEvent event) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_RECORD);
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(settings, bytes, bytes);
    Leases leases = new Leases(apps.sessionTimeout(), System::nanoTime);
    Shards shards = shards(new InboxReports(producer, topics.inbox()), leases);
    Marks marks = new Marks(producer, topics.drivers());
    Map<String, Object> streams = new HashMap<>(ClusterTopology.SETTINGS);
    streams.putAll(LeaseConfirmations.settings(leases));
    app =
        apps.start(
            "firesteel-cluster",
            ClusterTopology.build(
                topics.drivers(), () -> new ShardProcessor(shards, marks, leases)),
            streams);
  }

  private Shards shards(InboxReports inbox, Leases leases) {
    open = clusters.open(threads, config.parallelism());
    Reconciliation reconciliation = new Reconciliation(limits());
    return partition -> {
      Map<String, OpenShard> shards = new HashMap<>();
      open.forEach((name, cluster) ->
          shards.put(name, shard(cluster, partition, reconciliation, inbox, leases)));
      return new Partition(shards, inbox::send, clock);
    };
  }

  private OpenShard shard(
      Cluster cluster,
      int partition,
      Reconciliation reconciliation,
      InboxReports inbox,
      Leases leases) {
    Drivers drivers = new Drivers(cluster.client());
    Inquiry inquiry = new Inquiry(cluster.client(), config.logTailLines());
    Effects effects = new KubernetesEffects(drivers, inquiry, inbox, cluster, leases, partition);
    Shard shard = new Shard(reconciliation, effects, clock);
    Set<String> scopes =
        cluster.namespaces().isEmpty() ? Set.of(Shard.EVERYWHERE) : cluster.namespaces();
    List<PodWatch> watches =
        scopes.stream().map(namespace -> watch(cluster, namespace, partition, shard)).toList();
    Sweep.Plan plan = new Sweep.Plan(config.sweepEvery(), config.sweepGrace());
    return new OpenShard(
        cluster, shard, watches, new Sweep(cluster, partition, shard, plan, clock), threads);
  }

  private PodWatch watch(Cluster cluster, String namespace, int partition, Shard shard) {
    String view = "shard-" + partition + (namespace.isEmpty() ? "" : "-" + namespace);
    return new PodWatch(cluster, namespace, partition, shard, sights.open(cluster.name(), view));
  }

  private Limits limits() {
    return new Limits(
        config.keepFinished(),
        config.keepFailed().orElse(null),
        config.giveUpStartAfter(),
        config.giveUpSchedulingAfter(),
        config.forceDeletionAfter(),
        config.logTailLines() > 0);
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
    if (producer != null) {
      producer.close();
    }
    threads.shutdownNow();
    open.values().forEach(Cluster::close);
  }
}
