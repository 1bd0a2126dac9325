package io.firesteel.cluster;

import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.ClusterConnections;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.controller.ClusterProducer;
import io.firesteel.cluster.controller.DriverController;
import io.firesteel.cluster.controller.InboxReporter;
import io.firesteel.cluster.controller.KubernetesEffectRunner;
import io.firesteel.cluster.controller.LeaseInterceptor;
import io.firesteel.cluster.controller.Leases;
import io.firesteel.cluster.controller.OrphanCollector;
import io.firesteel.cluster.controller.PodInformer;
import io.firesteel.cluster.controller.WatchReadiness;
import io.firesteel.cluster.reconcile.DriverState;
import io.firesteel.cluster.reconcile.ReconcilerSettings;
import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts and stops the controllers of this replica. */
@ApplicationScoped
class ClusterLifecycle {

  private final ControllerConfig config;
  private final CurrentDefinitions definitions;
  private final ClusterConnections connections;
  private final Topics topics;
  private final StreamsApps apps;
  private final Map<String, Object> kafka;
  private final Clock clock;
  private final WatchReadiness watchReadiness;
  private final MeterRegistry registry;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable ClusterProducer producer;
  private @Nullable StreamsApp app;

  ClusterLifecycle(
      ControllerConfig config,
      CurrentDefinitions definitions,
      ClusterConnections connections,
      Topics topics,
      StreamsApps apps,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Clock clock,
      WatchReadiness watchReadiness,
      MeterRegistry registry) {
    this.config = config;
    this.definitions = definitions;
    this.connections = connections;
    this.topics = topics;
    this.apps = apps;
    this.kafka = kafka;
    this.clock = clock;
    this.watchReadiness = watchReadiness;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    producer = ClusterProducer.connect(kafka, registry, threads);
    Leases leases = new Leases(apps.sessionTimeout(), System::nanoTime);
    watchReadiness.setClusters(() -> definitions.get().clusters().byName().size());
    IntFunction<PartitionController> controllers =
        controllers(
            InstallationId.read(kafka, topics.prefix()),
            new InboxReporter(producer, topics.observations()),
            leases);
    ReadBarriers barriers = new ReadBarriers(producer, topics.drivers());
    Map<String, Object> streams = new HashMap<>(ClusterTopology.SETTINGS);
    streams.putAll(LeaseInterceptor.settings(leases));
    app =
        apps.start(
            "firesteel-cluster",
            ClusterTopology.build(
                topics.drivers(), () -> new DesiredDriverProcessor(controllers, barriers, leases)),
            streams);
  }

  private IntFunction<PartitionController> controllers(
      String installation, InboxReporter inbox, Leases leases) {
    Duration orphans = config.orphanCheckInterval();
    ClusterRouter.Timing timing =
        new ClusterRouter.Timing(
            orphans.multipliedBy(2), config.sweepInterval(), config.undefinedWait());
    return partition ->
        new ClusterRouter(
            () -> definitions.get().clusters(),
            cluster -> controller(cluster, installation, partition, inbox, leases),
            connections::release,
            inbox::send,
            timing,
            clock);
  }

  private DriverController controller(
      Cluster definition, String installation, int partition, InboxReporter inbox, Leases leases) {
    ClusterConnection cluster = connections.open(definition, threads, config.parallelism());
    KubernetesEffectRunner effects =
        new KubernetesEffectRunner(
            new DriverPodClient(cluster.client(), installation, config.startupProbe()),
            new DiagnosticsCollector(cluster.client(), config.logTailLines()),
            inbox,
            cluster,
            leases,
            partition);
    DriverController controller =
        new DriverController(cluster, settings(installation), effects, clock, threads);
    Set<String> scopes =
        cluster.namespaces().isEmpty() ? Set.of(DriverState.ALL_NAMESPACES) : cluster.namespaces();
    scopes.forEach(scope -> controller.add(informer(cluster, scope, partition, controller)));
    OrphanCollector.Schedule schedule =
        new OrphanCollector.Schedule(config.orphanCheckInterval(), config.orphanMinAge());
    controller.add(
        new OrphanCollector(cluster, installation, partition, controller, schedule, clock));
    return controller;
  }

  private PodInformer informer(
      ClusterConnection cluster, String namespace, int partition, DriverController controller) {
    String scope = "partition-" + partition + (namespace.isEmpty() ? "" : "-" + namespace);
    return new PodInformer(
        cluster, namespace, partition, controller, watchReadiness.register(cluster.name(), scope));
  }

  private ReconcilerSettings settings(String installation) {
    return new ReconcilerSettings(
        installation,
        config.keepFinished(),
        config.keepFailed().orElse(null),
        config.startTimeout(),
        config.schedulingTimeout(),
        config.forceDeleteAfter(),
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
    connections.closeAll();
  }
}
