package io.firesteel.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.Map;
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
  private final KubernetesClient client;
  private final Topics topics;
  private final StreamsApps apps;
  private final Map<String, Object> kafka;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable StreamsApp app;

  ClusterSide(
      ClusterConfig config,
      KubernetesClient client,
      Topics topics,
      StreamsApps apps,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Clock clock) {
    this.config = config;
    this.client = client;
    this.topics = topics;
    this.apps = apps;
    this.kafka = kafka;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(settings, bytes, bytes);
    Shards shards = shards(new InboxReports(producer, topics.inbox()));
    app =
        apps.start(
            "firesteel-cluster",
            ClusterTopology.build(topics.drivers(), shards),
            ClusterTopology.SETTINGS);
  }

  private Shards shards(InboxReports inbox) {
    Drivers drivers = new Drivers(client);
    Inquiry inquiry = new Inquiry(client, config.logTailLines());
    Turns turns = new Turns(threads, config.parallelism());
    Reconciliation reconciliation = new Reconciliation(limits());
    Sweep.Plan plan = new Sweep.Plan(config.sweepEvery(), config.sweepGrace());
    return partition -> {
      Effects effects = new KubernetesEffects(drivers, inquiry, inbox, turns, partition);
      Shard shard = new Shard(reconciliation, effects, clock);
      PodWatch watch = new PodWatch(client, partition, shard);
      Sweep sweep = new Sweep(client, partition, shard, plan, clock);
      return new OpenShard(shard, watch, sweep, threads);
    };
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
  }
}
