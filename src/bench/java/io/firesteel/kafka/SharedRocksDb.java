package io.firesteel.kafka;

import java.util.Map;

/** The RocksDB settings of a worker, for measurements. */
public final class SharedRocksDb {

  private SharedRocksDb() {}

  /** Settings of Kafka Streams by which all stores share so much memory. */
  public static Map<String, Object> settings(long bytes) {
    return new RocksDbMemory(bytes).settings();
  }
}
