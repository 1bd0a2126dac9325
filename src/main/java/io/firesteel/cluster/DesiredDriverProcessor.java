package io.firesteel.cluster;

import io.firesteel.cluster.controller.Leases;
import io.firesteel.inbox.DesiredDriver;
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
 * more: so they begin when this owner has read its own {@link ReadBarriers mark} and holds the
 * lease. They follow the table's changes, and end when the partition moves on.
 */
final class DesiredDriverProcessor implements Processor<String, DesiredDriver, Void, Void> {

  private final PartitionControllerFactory factory;
  private final ReadBarriers barriers;
  private final Leases leases;
  private @Nullable ProcessorContext<Void, Void> context;
  private @Nullable PartitionController partitionController;
  private String barrierKey = "";

  DesiredDriverProcessor(PartitionControllerFactory factory, ReadBarriers barriers, Leases leases) {
    this.factory = factory;
    this.barriers = barriers;
    this.leases = leases;
  }

  @Override
  public void init(ProcessorContext<Void, Void> ownContext) {
    context = ownContext;
    int partition = ownContext.taskId().partition();
    PartitionController opened = factory.open(partition);
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<DesiredDriver>> table =
        ownContext.getStateStore(ClusterTopology.TABLE);
    try (KeyValueIterator<String, ValueAndTimestamp<DesiredDriver>> all = table.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<DesiredDriver>> entry = all.next();
        opened.setDesired(JobKey.parse(entry.key), entry.value.value());
      }
    }
    partitionController = opened;
    barrierKey = barriers.write(partition);
    ownContext.schedule(
        leases.renewInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        _ -> {
          leases.requestRenewal(partition);
          ownContext.commit();
        });
  }

  @Override
  public void process(Record<String, DesiredDriver> desired) {
    if (partitionController == null || context == null) {
      return;
    }
    if (!ReadBarriers.isBarrier(desired.key())) {
      partitionController.setDesired(JobKey.parse(desired.key()), desired.value());
    } else if (desired.key().equals(barrierKey)) {
      leases.acquire(context.taskId().partition(), partitionController::start);
      context.commit();
    }
  }

  @Override
  public void close() {
    if (partitionController != null && context != null) {
      leases.release(context.taskId().partition());
      partitionController.close();
      partitionController = null;
    }
  }
}
