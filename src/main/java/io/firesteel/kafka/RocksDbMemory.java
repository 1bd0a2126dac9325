package io.firesteel.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.HistogramType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.WriteBufferManager;

/**
 * Memory that all RocksDB stores of this process share: one cache of blocks, indexes and filters,
 * which memtables are charged to as well. The stores may exceed it for as long as a flush takes.
 * Never freed.
 */
final class RocksDbMemory {

  private static final String SETTING = "firesteel.rocksdb.memory";
  private static final double INDEX_SHARE = 0.1;

  /** With fewer stores than this, no store flushes early because others keep their memtables. */
  private static final int STORES = 16;

  /** Everything else is not measured, because most of it costs time at each access. */
  private static final EnumSet<HistogramType> IGNORED =
      EnumSet.complementOf(EnumSet.of(HistogramType.FLUSH_TIME, HistogramType.HISTOGRAM_ENUM_MAX));

  private final Cache cache;
  private final WriteBufferManager memtables;
  private final long memtableBytes;
  private final Statistics statistics;

  /**
   * @param bytes for everything, half of it at most for memtables
   */
  RocksDbMemory(long bytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
    memtables = new WriteBufferManager(bytes / 2, cache);
    memtableBytes = bytes / 2 / STORES;
    statistics = new Statistics(IGNORED);
  }

  /** For a Kafka Streams instance whose stores share this memory. */
  Map<String, Object> settings() {
    return Map.of(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, ConfigSetter.class, SETTING, this);
  }

  /** How many memtables were written to disk so far. */
  long flushes() {
    return statistics.getHistogramData(HistogramType.FLUSH_TIME).getCount();
  }

  private void share(Options options) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table
        .setBlockCache(cache)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinTopLevelIndexAndFilter(true);
    options
        .setTableFormatConfig(table)
        .setWriteBufferManager(memtables)
        .setWriteBufferSize(memtableBytes)
        .setStatistics(statistics);
  }

  /** Kafka Streams instantiates it for each store. */
  @RegisterForReflection
  public static final class ConfigSetter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
      if (configs.get(SETTING) instanceof RocksDbMemory memory) {
        memory.share(options);
      }
    }

    @Override
    public void close(String store, Options options) {
      // The stores that are still open share the memory.
    }
  }
}
