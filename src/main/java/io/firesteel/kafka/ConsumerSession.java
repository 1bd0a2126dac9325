package io.firesteel.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How a member of a consumer group is known to be alive.
 *
 * @param timeout how long a silent one keeps its partitions
 */
record ConsumerSession(Duration timeout) {

  /**
   * A member hears from the answers to its heartbeats that partitions have to move, so their
   * interval is most of what the restart of another costs.
   */
  private static final int HEARTBEATS_PER_SESSION = 10;

  /** A consumer's settings. */
  Map<String, Object> settings() {
    int millis = Math.toIntExact(timeout.toMillis());
    return Map.of(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        millis,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        millis / HEARTBEATS_PER_SESSION);
  }
}
