package io.firesteel.cluster;

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

  /** The table holds bytes, because a record that cannot be read would end the stream thread. */
  static Topology build(
      String driversTopic, ProcessorSupplier<String, byte[], Void, Void> processors) {
    Serde<String> keys = Serdes.String();
    Serde<byte[]> values = Serdes.ByteArray();
    StreamsBuilder builder = new StreamsBuilder();
    builder
        .table(
            driversTopic,
            Consumed.with(keys, values),
            Materialized.<String, byte[], KeyValueStore<Bytes, byte[]>>as(TABLE)
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
