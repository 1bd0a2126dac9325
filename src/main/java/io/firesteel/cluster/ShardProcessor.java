package io.firesteel.cluster;

import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Ties the life of a shard to the ownership of its partition: it begins with the whole restored
 * table of desired drivers, follows its changes, and ends when the partition moves on.
 */
final class ShardProcessor implements Processor<String, DesiredDriver, Void, Void> {

  private final Shards shards;
  private @Nullable OpenShard open;

  ShardProcessor(Shards shards) {
    this.shards = shards;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    OpenShard opened = shards.open(context.taskId().partition());
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<DesiredDriver>> table =
        context.getStateStore(ClusterTopology.TABLE);
    try (KeyValueIterator<String, ValueAndTimestamp<DesiredDriver>> all = table.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<DesiredDriver>> entry = all.next();
        opened.shard().desire(JobKey.parse(entry.key), entry.value.value());
      }
    }
    opened.begin();
    open = opened;
  }

  @Override
  public void process(Record<String, DesiredDriver> desired) {
    if (open != null) {
      open.shard().desire(JobKey.parse(desired.key()), desired.value());
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
