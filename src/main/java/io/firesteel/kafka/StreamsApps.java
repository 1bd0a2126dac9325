package io.firesteel.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Starts Kafka Streams instances with the connection and the settings of this replica. Thread-safe.
 */
@ApplicationScoped
public class StreamsApps {

  private final StreamsAppConfig config;
  private final Map<String, Object> connection;
  private final Topics topics;
  private final Clock clock;
  private final RocksDbMemory rocksDb;
  private final List<StreamsApp> started = new CopyOnWriteArrayList<>();

  StreamsApps(
      StreamsAppConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      Topics topics,
      Clock clock) {
    this.config = config;
    this.connection = connection;
    this.topics = topics;
    this.clock = clock;
    this.rocksDb = new RocksDbMemory(config.rocksdbMemory().asLongValue());
  }

  /**
   * Starts a topology.
   *
   * @param name of the application, without the prefix of the topics
   * @param settings override those of the replica
   */
  public StreamsApp start(String name, Topology topology, Map<String, ?> settings) {
    String applicationId = topics.prefix() + name;
    Map<String, Object> merged = new HashMap<>(connection);
    merged.remove(ConsumerConfig.GROUP_ID_CONFIG);
    merged.putAll(replicaSettings());
    merged.putAll(settings);
    merged.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    LocalState state =
        new LocalState(config.stateDirectory().resolve(applicationId), config.maxStateAge(), clock);
    StreamsApp app = StreamsApp.start(applicationId, topology, merged, state);
    started.add(app);
    return app;
  }

  /** How long a silent replica keeps its partitions. */
  public Duration sessionTimeout() {
    return config.sessionTimeout();
  }

  /** All instances of this replica. */
  List<StreamsApp> all() {
    return started;
  }

  /** How many memtables the stores of this replica have written to disk. */
  long flushes() {
    return rocksDb.flushes();
  }

  private Map<String, Object> replicaSettings() {
    Map<String, Object> settings = new HashMap<>(rocksDb.settings());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    sessionSettings(config.sessionTimeout())
        .forEach((setting, value) -> settings.put(mainConsumer(setting), value));
    config
        .instanceId()
        .ifPresent(id -> settings.put(mainConsumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    return settings;
  }

  /**
   * The settings by which Kafka detects a dead consumer. A member learns of a rebalance from the
   * response to a heartbeat, so its interval, a tenth of the timeout, is most of the time that the
   * restart of another member costs.
   */
  static Map<String, Object> sessionSettings(Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    return Map.of(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        millis,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        millis / 10);
  }

  private static String mainConsumer(String setting) {
    return StreamsConfig.mainConsumerPrefix(setting);
  }
}
