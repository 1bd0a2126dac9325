package io.firesteel.cluster;

import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Ties the life of shards to the ownership of their partition. Kafka Streams restores the table of
 * desired drivers only as far as the owner before had committed, and that one may have acted on
 * more: so they begin when this owner has read its own {@link Marks mark} and holds the lease. They
 * follow the table's changes, and end when the partition moves on.
 */
final class ShardProcessor implements Processor<String, DesiredDriver, Void, Void> {

  private final Shards shards;
  private final Marks marks;
  private final Leases leases;
  private @Nullable ProcessorContext<Void, Void> context;
  private @Nullable OwnedPartition open;
  private String mark = "";

  ShardProcessor(Shards shards, Marks marks, Leases leases) {
    this.shards = shards;
    this.marks = marks;
    this.leases = leases;
  }

  @Override
  public void init(ProcessorContext<Void, Void> ownContext) {
    context = ownContext;
    int partition = ownContext.taskId().partition();
    OwnedPartition opened = shards.open(partition);
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<DesiredDriver>> table =
        ownContext.getStateStore(ClusterTopology.TABLE);
    try (KeyValueIterator<String, ValueAndTimestamp<DesiredDriver>> all = table.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<DesiredDriver>> entry = all.next();
        opened.desire(JobKey.parse(entry.key), entry.value.value());
      }
    }
    open = opened;
    mark = marks.put(partition);
    ownContext.schedule(
        leases.renewEvery(),
        PunctuationType.WALL_CLOCK_TIME,
        _ -> {
          leases.ask(partition);
          ownContext.commit();
        });
  }

  @Override
  public void process(Record<String, DesiredDriver> desired) {
    if (open == null || context == null) {
      return;
    }
    if (!Marks.isMark(desired.key())) {
      open.desire(JobKey.parse(desired.key()), desired.value());
    } else if (desired.key().equals(mark)) {
      leases.claim(context.taskId().partition(), open::begin);
      context.commit();
    }
  }

  @Override
  public void close() {
    if (open != null && context != null) {
      leases.release(context.taskId().partition());
      open.close();
      open = null;
    }
  }
}
