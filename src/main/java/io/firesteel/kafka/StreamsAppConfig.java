package io.firesteel.kafka;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of this replica's Kafka Streams instances. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.streams")
interface StreamsAppConfig {

  /**
   * Where Kafka Streams keeps its state. A replica that finds its own state after a clean shutdown
   * is ready within seconds; after a crash, it wipes the state and restores it from Kafka.
   */
  @WithDefault("${java.io.tmpdir}/firesteel")
  Path stateDirectory();

  /**
   * How long ago a replica may have shut down for its state to be used again; older state is wiped
   * and restored from Kafka. Must be well below {@code delete.retention.ms} of the compacted topics
   * (24 hours unless the brokers are configured otherwise), after which Kafka forgets deletions.
   */
  @WithDefault("PT12H")
  Duration maxStateAge();

  /**
   * A name that is unique to this replica and stays the same across restarts, such as the name of
   * its StatefulSet pod. With it, a replica that was killed takes its partitions back as soon as it
   * restarts; without it, they wait for the session timeout.
   */
  Optional<String> instanceId();

  /**
   * How long a replica that Kafka no longer hears from keeps its partitions. The replica itself
   * stops calling the API server after two thirds of that time.
   */
  @WithDefault("PT10S")
  Duration sessionTimeout();

  /** How many other replicas keep a copy of the state, so that a failover is short. */
  @WithDefault("0")
  int standbyReplicas();

  /**
   * Memory outside the heap that all RocksDB stores of this replica share: a cache, and in up to
   * half of it what is not yet written to files. Choose more for many partitions or jobs.
   */
  @WithDefault("64M")
  MemorySize rocksdbMemory();
}
