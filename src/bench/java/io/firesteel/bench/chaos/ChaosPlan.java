package io.firesteel.bench.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How large a run is.
 *
 * @param seed what every draw follows from; the moments themselves depend on the machine
 * @param kills how often a worker is killed by {@code kill -9}; likewise {@code freezes} and {@code
 *     stops}
 * @param brokerRestarts every second one by {@code kill -9}
 * @param sessionTimeout of the workers; a frozen one is frozen for longer
 * @param maxTimeBetweenFaults the maximum time between two faults of a worker
 * @param maxTimeBetweenChanges the maximum time between two changes of the definitions
 * @param keepFinished how long ended pods are kept, unless their job says otherwise
 */
record ChaosPlan(
    long seed,
    int workers,
    int tenants,
    int jobs,
    int kills,
    int freezes,
    int stops,
    int brokerRestarts,
    Duration sessionTimeout,
    Duration maxTimeBetweenFaults,
    Duration maxTimeBetweenChanges,
    Duration keepFinished) {

  /** The minimum session timeout of a broker by default. */
  private static final Duration MIN_SESSION_TIMEOUT = Duration.ofSeconds(6);

  private static final Duration KEEP_FINISHED = Duration.ofSeconds(3);

  /** So little that RocksDB flushes after some ten jobs, and thus inside of transactions. */
  private static final String ROCKSDB_MEMORY = "2M";

  /** At most 25 minutes on two cores. */
  static ChaosPlan full(long seed) {
    return new ChaosPlan(
        seed,
        3,
        20,
        5000,
        200,
        15,
        25,
        8,
        MIN_SESSION_TIMEOUT,
        Duration.ofSeconds(8),
        Duration.ofSeconds(6),
        KEEP_FINISHED);
  }

  /** About a minute. */
  static ChaosPlan small(long seed) {
    return new ChaosPlan(
        seed,
        2,
        8,
        100,
        4,
        1,
        1,
        1,
        MIN_SESSION_TIMEOUT,
        Duration.ofSeconds(5),
        Duration.ofSeconds(4),
        KEEP_FINISHED);
  }

  int faults() {
    return kills + freezes + stops;
  }

  /**
   * The settings of a worker. Every second one has an instance id as in {@code k8s/base}, so that
   * its partitions wait for its return; those of the others go to the rest.
   *
   * @param jvm the options of their JVMs; empty for those of the laptop platform
   */
  Map<String, String> settings(int number, String jvm) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "FIRESTEEL_STREAMS_SESSION_TIMEOUT",
                sessionTimeout.toString(),
                "FIRESTEEL_STREAMS_STANDBY_REPLICAS",
                "1",
                "FIRESTEEL_STREAMS_ROCKSDB_MEMORY",
                ROCKSDB_MEMORY,
                "FIRESTEEL_CLUSTER_KEEP_FINISHED",
                keepFinished.toString()));
    if (number % 2 == 0) {
      settings.put("FIRESTEEL_STREAMS_INSTANCE_ID", "worker-" + number);
    }
    if (!jvm.isEmpty()) {
      settings.put("JDK_JAVA_OPTIONS", jvm);
    }
    return settings;
  }
}
