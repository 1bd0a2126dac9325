package io.firesteel.kafka;

import org.apache.kafka.streams.KafkaStreams;

/**
 * The health of a Kafka Streams instance.
 *
 * @param state Kafka Streams' own state
 * @param connected whether any of its consumers has a connection to a broker
 */
record InstanceHealth(String application, KafkaStreams.State state, boolean connected) {

  /**
   * Whether it processes records. Without brokers it stays RUNNING, so the state does not suffice.
   */
  boolean ready() {
    return state == KafkaStreams.State.RUNNING && connected;
  }

  /** Whether it is still alive. Only a restart of the replica replaces an instance that ended. */
  boolean alive() {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, PENDING_ERROR -> true;
      case NOT_RUNNING, ERROR -> false;
    };
  }

  /** For the response of the health check. */
  String summary() {
    return alive() && !connected ? state + ", disconnected" : state.name();
  }
}
