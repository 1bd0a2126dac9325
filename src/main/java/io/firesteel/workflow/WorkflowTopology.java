package io.firesteel.workflow;

import io.firesteel.event.CloudEventEncoder;
import io.firesteel.kafka.Topics;
import io.firesteel.workflow.core.WorkflowDecisions;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Two sub-topologies: from the events of jobs, which include their results, to the workflows topic,
 * and from there to asks, events, results and status.
 */
final class WorkflowTopology {

  private static final String DECISIONS = "decisions";
  private static final String TASK_ENDS = "task-ends";

  /** Each step from one task to the next waits for about one of these. */
  private static final int COMMIT_INTERVAL_MS = 50;

  /** The longest time for which a dead replica blocks readers. */
  private static final int TRANSACTION_TIMEOUT_MS = 15_000;

  private WorkflowTopology() {}

  static Topology build(
      Topics topics,
      WorkflowDecisions decisions,
      CloudEventEncoder encoder,
      WorkflowMetrics metrics) {
    Topology topology = new Topology();
    source(topology, topics.events());
    topology.addProcessor(TASK_ENDS, TaskEnds::new, topics.events());
    sink(topology, "to-workflows", topics.workflows(), TASK_ENDS);
    source(topology, topics.workflows());
    topology.addProcessor(
        DECISIONS, () -> new WorkflowProcessor(decisions, encoder, metrics), topics.workflows());
    topology.addStateStore(store(), DECISIONS);
    sink(topology, WorkflowProcessor.ASKS, topics.asks(), DECISIONS);
    sink(topology, WorkflowProcessor.EVENTS, topics.events(), DECISIONS);
    sink(topology, WorkflowProcessor.RESULTS, topics.workflowResults(), DECISIONS);
    sink(topology, WorkflowProcessor.STATUS, topics.workflowStatus(), DECISIONS);
    return topology;
  }

  private static void source(Topology topology, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        topic,
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void sink(Topology topology, String name, String topic, String parent) {
    topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), parent);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(WorkflowProcessor.STORE),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topics.LARGEST_RECORD)));
  }

  /** Exactly-once: a task is marked as started in the transaction that asks for its jobs. */
  static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.POLL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.LARGEST_RECORD);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return settings;
  }
}
