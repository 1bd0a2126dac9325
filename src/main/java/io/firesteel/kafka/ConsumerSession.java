package io.firesteel.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How a consumer group detects that a member is dead.
 *
 * @param timeout how long a silent member keeps its partitions
 */
record ConsumerSession(Duration timeout) {

  /**
   * A member learns of a rebalance from the response to a heartbeat, so the interval is most of the
   * time that the restart of another member costs.
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
