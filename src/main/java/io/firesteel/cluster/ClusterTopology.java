package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.kafka.JsonSerde;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reads the drivers topic as a table, with a processor for each partition. Reads only committed
 * records.
 */
final class ClusterTopology {

  static final String TABLE = "desired-drivers";

  private ClusterTopology() {}

  static Topology build(
      String driversTopic, ProcessorSupplier<String, DesiredDriver, Void, Void> processors) {
    Serde<String> keys = Serdes.String();
    Serde<DesiredDriver> values = JsonSerde.serde(DesiredDriver.class);
    StreamsBuilder builder = new StreamsBuilder();
    builder
        .table(
            driversTopic,
            Consumed.with(keys, values),
            Materialized.<String, DesiredDriver, KeyValueStore<Bytes, byte[]>>as(TABLE)
                .withKeySerde(keys)
                .withValueSerde(values)
                .withCachingDisabled())
        .toStream()
        .process(processors, TABLE);
    Properties optimization = new Properties();
    optimization.putAll(SETTINGS);
    return builder.build(optimization);
  }

  /** The source topic serves as the table's changelog, so nothing is stored twice. */
  static final Map<String, Object> SETTINGS =
      Map.of(
          StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
          StreamsConfig.REUSE_KTABLE_SOURCE_TOPICS,
          StreamsConfig.consumerPrefix("isolation.level"),
          "read_committed",
          StreamsConfig.consumerPrefix("auto.offset.reset"),
          "earliest",
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          1000,
          StreamsConfig.POLL_MS_CONFIG,
          100);
}
