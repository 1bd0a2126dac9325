package io.firesteel.kafka;

import org.apache.kafka.streams.KafkaStreams;

/**
 * What health makes of a Streams instance: a pure function of what is seen of it.
 *
 * @param state Kafka Streams' own word
 * @param connected whether any of its consumers has a connection to a broker
 */
record InstanceHealth(String application, KafkaStreams.State state, boolean connected) {

  /** It processes. An instance whose brokers are away stays RUNNING, so the state alone lies. */
  boolean ready() {
    return state == KafkaStreams.State.RUNNING && connected;
  }

  /** It has not ended for good. Nothing but a restart brings an ended instance back. */
  boolean alive() {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, PENDING_ERROR -> true;
      case NOT_RUNNING, ERROR -> false;
    };
  }

  /** In a word, for whoever reads the answer. */
  String summary() {
    return alive() && !connected ? state + ", no broker" : state.name();
  }
}
