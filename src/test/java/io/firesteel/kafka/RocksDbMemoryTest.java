package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that hold far more than their memory. */
final class RocksDbMemoryTest {

  private static final int MEBIBYTE = 1 << 20;
  private static final long BYTES = 16 * MEBIBYTE;
  private static final int STORES = 8;
  private static final int VALUES = 1000;

  @Test
  void allStoresShareOneBoundedCacheAndBoundedMemtables(@TempDir Path folder) {
    Properties settings = new Properties();
    RocksDbMemory memory = new RocksDbMemory(BYTES);
    settings.putAll(memory.settings());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "memory");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    try (TopologyTestDriver driver = new TopologyTestDriver(topology(), settings)) {
      for (int store = 0; store < STORES; store++) {
        fill(driver.getKeyValueStore("store-" + store));
      }

      assertThat(metric(driver, "block-cache-capacity")).hasSize(STORES).containsOnly(BYTES);
      assertThat(metric(driver, "block-cache-usage")).allMatch(usage -> usage <= BYTES);
      assertThat(metric(driver, "size-all-mem-tables").stream().mapToLong(Long::longValue).sum())
          .isPositive()
          .isLessThanOrEqualTo(BYTES / 2);
      assertThat(memory.flushes()).isGreaterThan(STORES);
    }
  }

  /** 8 MiB of values that do not compress, then a read of each. */
  private static void fill(KeyValueStore<String, byte[]> store) {
    Random random = new Random(1);
    for (int key = 0; key < VALUES; key++) {
      byte[] value = new byte[8 * MEBIBYTE / VALUES];
      random.nextBytes(value);
      store.put("key-" + key, value);
    }
    for (int key = 0; key < VALUES; key++) {
      assertThat(store.get("key-" + key)).isNotNull();
    }
  }

  private static List<Long> metric(TopologyTestDriver driver, String name) {
    return driver.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .map(metric -> ((BigInteger) metric.metricValue()).longValue())
        .toList();
  }

  private static Topology topology() {
    Topology topology = new Topology();
    topology.addSource(
        "source", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), "input");
    topology.addProcessor("processor", Idle::new, "source");
    for (int store = 0; store < STORES; store++) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore("store-" + store),
                  Serdes.String(),
                  Serdes.ByteArray())
              .withLoggingDisabled(),
          "processor");
    }
    return topology;
  }

  private static final class Idle implements Processor<String, byte[], Void, Void> {
    @Override
    public void process(Record<String, byte[]> record) {}
  }
}
