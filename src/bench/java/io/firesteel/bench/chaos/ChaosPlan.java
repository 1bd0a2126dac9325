package io.firesteel.bench.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * How large a run is.
 *
 * @param seed what every draw follows from; the moments themselves depend on the machine
 * @param sessionTimeout of the workers; a frozen one is frozen for longer
 * @param maxTimeBetweenFaults the maximum time between two faults of a worker
 * @param keepFinished how long ended pods are kept, unless their job says otherwise
 */
record ChaosPlan(
    long seed,
    int workers,
    int tenants,
    int jobs,
    int faults,
    Duration sessionTimeout,
    Duration maxTimeBetweenFaults,
    Duration keepFinished) {

  /** The minimum session timeout of a broker by default. */
  private static final Duration MIN_SESSION_TIMEOUT = Duration.ofSeconds(6);

  /** About a quarter of an hour on two cores. */
  static ChaosPlan full(long seed) {
    return new ChaosPlan(
        seed, 3, 20, 2000, 200, MIN_SESSION_TIMEOUT, Duration.ofSeconds(10), Duration.ofSeconds(3));
  }

  /** About a minute. */
  static ChaosPlan small(long seed) {
    return new ChaosPlan(
        seed, 2, 8, 100, 10, MIN_SESSION_TIMEOUT, Duration.ofSeconds(5), Duration.ofSeconds(3));
  }

  /** The settings of the workers. */
  Map<String, String> settings() {
    return Map.of(
        "FIRESTEEL_STREAMS_SESSION_TIMEOUT",
        sessionTimeout.toString(),
        "FIRESTEEL_CLUSTER_KEEP_FINISHED",
        keepFinished.toString());
  }
}
