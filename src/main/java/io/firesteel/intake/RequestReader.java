package io.firesteel.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the request topics with two consumers that take turns: one for the partitions in which
 * little is left to read, one for those that lag. So a request waits for one small batch of a
 * lagging partition at most, unless it is in that partition itself. A single consumer would first
 * hand out all that it fetched of the lagging partition.
 *
 * <p>While the other partitions have records too, the ones that lag get at most half of the time,
 * so that CPU and brokers are free for what is not behind.
 *
 * <p>The first consumer is the member of the group. It pauses the partitions that lag, and commits
 * the offsets of both. An offset is committed after its records were handled; if the worker stops
 * or the partition moves first, the next owner handles some records again. One thread.
 */
final class RequestReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CATCH_UP = Duration.ofMillis(10);
  private static final Duration MAX_REST = Duration.ofMillis(200);

  /** How long after their last record the partitions that do not lag are in use. */
  private static final Duration IN_USE = Duration.ofSeconds(10);

  private static final long COMMIT_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final Consumer<byte[], byte[]> member;
  private final Consumer<byte[], byte[]> catchUp;
  private final BatchHandler handler;
  private final LongSupplier nanos;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private Set<TopicPartition> lagging = Set.of();
  private long committedAt;
  private long inUseUntil;
  private long catchUpNanos;

  /** Handles records. */
  interface BatchHandler {

    /** Returns when everything that results from the records is in Kafka. */
    void handle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException;
  }

  /**
   * Subscribes.
   *
   * @param member a consumer with a group id
   * @param catchUp a consumer without
   * @param nanos the time in nanoseconds, as {@link System#nanoTime}
   */
  RequestReader(
      Consumer<byte[], byte[]> member,
      Consumer<byte[], byte[]> catchUp,
      Pattern topics,
      BatchHandler handler,
      LongSupplier nanos) {
    this.member = member;
    this.catchUp = catchUp;
    this.handler = handler;
    this.nanos = nanos;
    this.committedAt = nanos.getAsLong();
    this.inUseUntil = committedAt;
    member.subscribe(topics, new Rebalances());
  }

  /** Handles the next records, of both consumers. Waits up to a second if there are none. */
  void step() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> next = member.poll(rest());
    handle(next);
    long handled = nanos.getAsLong();
    if (!next.isEmpty()) {
      inUseUntil = handled + IN_USE.toNanos();
    }
    if (!lagging.isEmpty()) {
      handle(catchUp.poll(next.isEmpty() ? CATCH_UP : Duration.ZERO));
    }
    catchUpNanos = nanos.getAsLong() - handled;
    move(LaggingPartitions.after(lagging, member.assignment(), this::lag));
    commitInTime(next.isEmpty() && lagging.isEmpty());
  }

  /** How long to wait for records of partitions that do not lag before those that do go on. */
  private Duration rest() {
    if (lagging.isEmpty()) {
      return IDLE;
    }
    return inUseUntil - nanos.getAsLong() > 0
        ? Duration.ofNanos(Math.min(catchUpNanos, MAX_REST.toNanos()))
        : Duration.ZERO;
  }

  private void handle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
    if (!batch.isEmpty()) {
      handler.handle(batch);
      uncommitted.putAll(batch.nextOffsets());
    }
  }

  private OptionalLong lag(TopicPartition partition) {
    return (lagging.contains(partition) ? catchUp : member).currentLag(partition);
  }

  /** Hands partitions from one consumer to the other. */
  private void move(Set<TopicPartition> next) {
    Set<TopicPartition> behind = minus(next, lagging);
    Set<TopicPartition> caughtUp = minus(lagging, next);
    if (behind.isEmpty() && caughtUp.isEmpty()) {
      return;
    }
    caughtUp.forEach(partition -> member.seek(partition, catchUp.position(partition)));
    catchUp.assign(next);
    behind.forEach(partition -> catchUp.seek(partition, member.position(partition)));
    member.pause(behind);
    member.resume(caughtUp);
    lagging = next;
  }

  private static Set<TopicPartition> minus(
      Set<TopicPartition> all, Collection<TopicPartition> without) {
    Set<TopicPartition> rest = new HashSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private void commitInTime(boolean idle) {
    long now = nanos.getAsLong();
    if (!uncommitted.isEmpty() && (idle || now - committedAt > COMMIT_INTERVAL_NANOS)) {
      committedAt = now;
      member.commitAsync(Map.copyOf(uncommitted), (_, failure) -> warn(failure));
      uncommitted.clear();
    }
  }

  /** Commits, leaves the group and closes both consumers. */
  @Override
  public void close() {
    try (member;
        catchUp) {
      commit(Map.copyOf(uncommitted));
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      commitUninterrupted(offsets);
    } catch (KafkaException e) {
      warn(e);
    }
  }

  /** A wakeup that no poll has noticed yet would prevent the commit. */
  private void commitUninterrupted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      member.commitSync(offsets);
    } catch (WakeupException _) {
      member.commitSync(offsets);
    }
  }

  private static void warn(@Nullable Exception failure) {
    if (failure != null) {
      LOG.atWarn()
          .addKeyValue("cause", failure)
          .log("Committing the offsets of requests failed; they may be read again");
    }
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
      last.keySet().retainAll(partitions);
      commit(last);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      uncommitted.keySet().removeAll(partitions);
      lagging = minus(lagging, partitions);
      catchUp.assign(lagging);
    }
  }
}
