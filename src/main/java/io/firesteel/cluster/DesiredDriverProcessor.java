package io.firesteel.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.cluster.PartitionController.KnownAttempt;
import io.firesteel.cluster.controller.Leases;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.util.Objects;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a partition's controllers while this replica owns the partition. Kafka Streams restores the
 * table of desired drivers only up to the previous owner's last commit, and that owner may have
 * acted on more. So the controllers start only when this owner has read its own {@link ReadBarriers
 * read barrier} and holds the lease.
 */
final class DesiredDriverProcessor implements Processor<String, byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(DesiredDriverProcessor.class);

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
    ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> table =
        ownContext.getStateStore(ClusterTopology.TABLE);
    forEach(table, (key, value) -> setDesired(created, key, value));
    controller = created;
    barrierKey = barriers.write(partition);
    ownContext.schedule(
        leases.renewInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        _ -> {
          leases.requestRenewal(partition);
          created.refresh(each -> forEach(table, (key, value) -> ifReadable(key, value, each)));
          ownContext.commit();
        });
  }

  private static void forEach(
      ReadOnlyKeyValueStore<String, ValueAndTimestamp<byte[]>> table,
      BiConsumer<String, byte[]> each) {
    try (KeyValueIterator<String, ValueAndTimestamp<byte[]>> all = table.all()) {
      while (all.hasNext()) {
        KeyValue<String, ValueAndTimestamp<byte[]>> entry = all.next();
        each.accept(entry.key, entry.value.value());
      }
    }
  }

  /** A record that cannot be read was rejected when it came. */
  private static void ifReadable(String key, byte[] value, BiConsumer<JobKey, DesiredDriver> each) {
    JobKey job;
    DesiredDriver driver;
    try {
      job = JobKey.parse(key);
      driver = read(value);
    } catch (RuntimeException | StackOverflowError _) {
      return;
    }
    each.accept(job, driver);
  }

  @Override
  public void process(Record<String, byte[]> desired) {
    if (controller == null || context == null) {
      return;
    }
    if (!ReadBarriers.isBarrier(desired.key())) {
      setDesired(controller, desired.key(), desired.value());
    } else if (desired.key().equals(barrierKey)) {
      leases.acquire(context.taskId().partition(), controller::start);
      context.commit();
    }
  }

  /** A record that cannot be read must not stop the partition; its job ends as a bug. */
  private static void setDesired(
      PartitionController controller, String key, byte @Nullable [] value) {
    JobKey job;
    try {
      job = JobKey.parse(key);
    } catch (IllegalArgumentException _) {
      LOG.error("Skipped a record of the drivers topic whose key is not tenant/id");
      return;
    }
    DesiredDriver driver;
    try {
      driver = value == null ? null : read(value);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .addKeyValue("job", job)
          .addKeyValue("errorCode", FailureReason.BUG)
          .addKeyValue("cause", e.getClass().getName())
          .log(
              "A desired driver cannot be read; its pods are deleted and its job ends with the reason Bug");
      controller.rejectUnreadable(job, known(value));
      return;
    }
    controller.setDesired(job, driver);
  }

  private static DesiredDriver read(byte[] value) {
    DesiredDriver driver = JsonCodec.read(value, DesiredDriver.class);
    Objects.requireNonNull(driver.attempt());
    Objects.requireNonNull(driver.attempt().job());
    Objects.requireNonNull(driver.cohort());
    Objects.requireNonNull(driver.placement().namespace());
    Objects.requireNonNull(driver.spec());
    return driver;
  }

  /** Reads the fields by themselves. */
  private static @Nullable KnownAttempt known(byte @Nullable [] value) {
    try {
      JsonNode tree = JsonCodec.MAPPER.readTree(value);
      Attempt attempt = JsonCodec.MAPPER.treeToValue(tree.get("attempt"), Attempt.class);
      String cohort = tree.path("cohort").textValue();
      return attempt == null || attempt.job() == null || cohort == null
          ? null
          : new KnownAttempt(attempt, cohort, tree.hasNonNull("podUid"));
    } catch (IOException | RuntimeException _) {
      return null;
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
