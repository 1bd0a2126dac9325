package io.firesteel.cluster;

import io.firesteel.cluster.controller.Leases;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
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
 * Runs a partition's controllers while this replica owns the partition. Kafka Streams restores the
 * table of desired drivers only up to the previous owner's last commit, and that owner may have
 * acted on more. So the controllers start only when this owner has read its own {@link ReadBarriers
 * read barrier} and holds the lease.
 */
final class DesiredDriverProcessor implements Processor<String, DesiredDriver, Void, Void> {

  private final IntFunction<PartitionController> controllers;
  private final ReadBarriers barriers;
  private final Leases leases;
  private @Nullable ProcessorContext<Void, Void> context;
  private @Nullable PartitionController controller;
  private String barrierKey = "";

  DesiredDriverProcessor(
      IntFunction<PartitionController> controllers, ReadBarriers barriers, Leases leases) {
    this.controllers = controllers;
    this.barriers = barriers;
    this.leases = leases;
  }

  @Override
  public void init(ProcessorContext<Void, Void> ownContext) {
    context = ownContext;
    int partition = ownContext.taskId().partition();
    PartitionController created = controllers.apply(partition);
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<DesiredDriver>> table =
        ownContext.getStateStore(ClusterTopology.TABLE);
    forEach(table, created::setDesired);
    controller = created;
    barrierKey = barriers.write(partition);
    ownContext.schedule(
        leases.renewInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        _ -> {
          leases.requestRenewal(partition);
          created.refresh(each -> forEach(table, each));
          ownContext.commit();
        });
  }

  private static void forEach(
      ReadOnlyKeyValueStore<String, ValueAndTimestamp<DesiredDriver>> table,
      BiConsumer<JobKey, DesiredDriver> each) {
    try (KeyValueIterator<String, ValueAndTimestamp<DesiredDriver>> all = table.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<DesiredDriver>> entry = all.next();
        each.accept(JobKey.parse(entry.key), entry.value.value());
      }
    }
  }

  @Override
  public void process(Record<String, DesiredDriver> desired) {
    if (controller == null || context == null) {
      return;
    }
    if (!ReadBarriers.isBarrier(desired.key())) {
      controller.setDesired(JobKey.parse(desired.key()), desired.value());
    } else if (desired.key().equals(barrierKey)) {
      leases.acquire(context.taskId().partition(), controller::start);
      context.commit();
    }
  }

  @Override
  public void close() {
    if (controller != null && context != null) {
      leases.release(context.taskId().partition());
      controller.close();
      controller = null;
    }
  }
}
