package io.firesteel.status;

import io.firesteel.job.JobKey;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The topology from the status topics to two tables, and to the index of jobs. */
final class StatusTopology {

  static final String JOBS = "jobs";
  static final String TENANTS = "tenants";

  private StatusTopology() {}

  static Topology build(String jobTopic, String tenantTopic, JobIndex index) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(JOBS), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        jobTopic,
        Consumed.with(Serdes.String(), Serdes.ByteArray()),
        () -> new JobTable(index));
    builder.globalTable(
        tenantTopic,
        Consumed.with(Serdes.String(), Serdes.ByteArray()),
        Materialized.<String, byte[]>as(Stores.inMemoryKeyValueStore(TENANTS))
            .withKeySerde(Serdes.String())
            .withValueSerde(Serdes.ByteArray()));
    return builder.build();
  }

  /** Stores each status and passes it to the index. One thread. */
  private static final class JobTable implements Processor<String, byte @Nullable [], Void, Void> {

    private final JobIndex index;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    JobTable(JobIndex index) {
      this.index = index;
    }

    /** Fills the index from the local table, which a clean shutdown left behind. */
    @Override
    public void init(ProcessorContext<Void, Void> given) {
      context = given;
      KeyValueStore<String, byte[]> opened = given.getStateStore(JOBS);
      store = opened;
      try (KeyValueIterator<String, byte[]> stored = opened.all()) {
        stored.forEachRemaining(entry ->
            index(
                entry.key,
                StoredStatus.json(entry.value),
                StoredStatus.partition(entry.value),
                StoredStatus.offset(entry.value)));
      }
    }

    @Override
    public void process(Record<String, byte @Nullable []> record) {
      RecordMetadata at = Objects.requireNonNull(context).recordMetadata().orElseThrow();
      byte[] value = record.value();
      // First, so that a status that a caller reads is not ahead of its position in the queue
      index(record.key(), value, at.partition(), at.offset());
      if (value == null) {
        Objects.requireNonNull(store).delete(record.key());
      } else {
        Objects.requireNonNull(store)
            .put(record.key(), StoredStatus.of(at.partition(), at.offset(), value));
      }
    }

    private void index(String key, byte @Nullable [] value, int partition, long offset) {
      if (key.indexOf('/') <= 0 || key.endsWith("/")) {
        return;
      }
      JobKey job = JobKey.parse(key);
      if (value == null) {
        index.apply(job, null, partition, offset);
      } else {
        StatusTable.readJob(key, value)
            .ifPresent(status -> index.apply(job, status, partition, offset));
      }
    }
  }
}
