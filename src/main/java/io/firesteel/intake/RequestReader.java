package io.firesteel.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the request topics with two consumers. The first one, the member of the group, reads
 * everything as it arrives, and hands on what is within its tenant's share; to find that out, it
 * only reads whose message it is. The second one reads again what the first one deferred: for at
 * most half of the time while others use intake, and a tenth while there is something else to read.
 * So a request waits for a few of another tenant's that is over its share, even in the same
 * partition.
 *
 * <p>Commits a message after it was handled. If the worker dies or the partition moves first, the
 * next owner handles some messages again. One thread.
 */
final class RequestReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration FETCH = Duration.ofMillis(10);
  private static final Duration MAX_PAUSE = Duration.ofMillis(200);
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  /**
   * While there is something else to do, deferred messages get one of so many parts of the time.
   */
  private static final int PARTS = 10;

  /** How long after the last message that was not deferred others use intake. */
  private static final Duration IN_USE = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> member;
  private final Consumer<byte[], byte[]> second;
  private final Requests requests;
  private final LongSupplier nanos;
  private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
  private final Set<TopicPartition> uncommitted = new HashSet<>();
  private long committedAt;
  private long usedAt;
  private long turnEnd;
  private long turnNanos = FETCH.toNanos();

  /** What becomes of messages. */
  interface Requests {

    /** The tenant against whose share a message counts; empty if it must not be deferred. */
    Optional<String> sender(ConsumerRecord<byte[], byte[]> message);

    /** Counts a message; whether its tenant is over its share. */
    boolean isOverShare(String tenant);

    /**
     * Returns when everything that results from messages is in Kafka.
     *
     * @param deferred whether they are of tenants that were over their share
     */
    void handle(List<ConsumerRecord<byte[], byte[]>> messages, boolean deferred)
        throws InterruptedException;
  }

  /**
   * Subscribes.
   *
   * @param member a consumer with a group id
   * @param second a consumer without
   * @param nanos the time in nanoseconds, as {@link System#nanoTime}
   */
  RequestReader(
      Consumer<byte[], byte[]> member,
      Consumer<byte[], byte[]> second,
      Pattern topics,
      Requests requests,
      LongSupplier nanos) {
    this.member = member;
    this.second = second;
    this.requests = requests;
    this.nanos = nanos;
    this.committedAt = nanos.getAsLong();
    this.turnEnd = committedAt;
    this.usedAt = committedAt - IN_USE.toNanos();
    member.subscribe(topics, new Rebalances());
  }

  /** Handles the next messages. Waits up to a second if there are none. */
  void step() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> read = member.poll(pause());
    handle(read);
    Set<TopicPartition> behind = behind();
    if (!behind.isEmpty() && (read.isEmpty() || isTurn())) {
      catchUp(behind);
    }
    if (read.isEmpty() && behind.isEmpty() || isOver(committedAt, COMMIT_INTERVAL)) {
      commitAsync();
    }
  }

  /** How long to wait for messages before deferred ones get their next turn. */
  private Duration pause() {
    if (behind().isEmpty()) {
      return IDLE;
    }
    return isOver(usedAt, IN_USE)
        ? Duration.ZERO
        : Duration.ofNanos(Math.min(turnNanos, MAX_PAUSE.toNanos()));
  }

  private boolean isTurn() {
    return nanos.getAsLong() - turnEnd >= (PARTS - 1) * turnNanos;
  }

  private boolean isOver(long since, Duration time) {
    return nanos.getAsLong() - since >= time.toNanos();
  }

  private Set<TopicPartition> behind() {
    return progress.entrySet().stream()
        .filter(partition -> partition.getValue().isBehind())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void handle(ConsumerRecords<byte[], byte[]> read) throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> now = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : read) {
      if (!defer(message)) {
        now.add(message);
      }
    }
    if (!now.isEmpty()) {
      requests.handle(now, false);
      usedAt = nanos.getAsLong();
    }
    read.nextOffsets().forEach((partition, next) -> of(partition).readUpTo(next.offset()));
    uncommitted.addAll(read.partitions());
  }

  private boolean defer(ConsumerRecord<byte[], byte[]> message) {
    return requests
        .sender(message)
        .filter(tenant ->
            of(partition(message)).defer(tenant, message.offset(), requests.isOverShare(tenant)))
        .isPresent();
  }

  private void catchUp(Set<TopicPartition> behind) throws InterruptedException {
    long began = nanos.getAsLong();
    assign(behind);
    ConsumerRecords<byte[], byte[]> read = second.poll(FETCH);
    List<ConsumerRecord<byte[], byte[]>> deferred = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : read) {
      if (isDeferred(message)) {
        deferred.add(message);
      }
    }
    if (!deferred.isEmpty()) {
      requests.handle(deferred, true);
    }
    // Not only of what was read: messages may have expired meanwhile
    behind.forEach(partition -> of(partition).caughtUpTo(second.position(partition)));
    uncommitted.addAll(behind);
    turnEnd = nanos.getAsLong();
    turnNanos = turnEnd - began;
  }

  private boolean isDeferred(ConsumerRecord<byte[], byte[]> message) {
    PartitionProgress partition = of(partition(message));
    return requests
        .sender(message)
        .filter(tenant -> partition.isDeferred(tenant, message.offset()))
        .isPresent();
  }

  private void assign(Set<TopicPartition> behind) {
    Set<TopicPartition> before = second.assignment();
    if (!before.equals(behind)) {
      second.assign(behind);
      behind.stream()
          .filter(partition -> !before.contains(partition))
          .forEach(partition -> second.seek(partition, of(partition).caughtUp()));
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> message) {
    return new TopicPartition(message.topic(), message.partition());
  }

  private PartitionProgress of(TopicPartition partition) {
    return progress.computeIfAbsent(
        partition, assigned -> PartitionProgress.at(member.position(assigned)));
  }

  private Map<TopicPartition, OffsetAndMetadata> takeUncommitted(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (uncommitted.remove(partition)) {
        offsets.put(partition, of(partition).toCommit());
      }
    }
    return offsets;
  }

  private void commitAsync() {
    committedAt = nanos.getAsLong();
    if (!uncommitted.isEmpty()) {
      member.commitAsync(takeUncommitted(Set.copyOf(uncommitted)), (_, failure) -> warn(failure));
    }
  }

  private void commitSync(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = takeUncommitted(partitions);
    try {
      try {
        member.commitSync(offsets);
      } catch (WakeupException _) {
        // Meant for a poll that is not waiting
        member.commitSync(offsets);
      }
    } catch (KafkaException e) {
      warn(e);
    }
  }

  private static void warn(@Nullable Exception failure) {
    if (failure != null) {
      LOG.atWarn()
          .addKeyValue("cause", failure)
          .log("Committing the offsets of requests failed; some may be handled again");
    }
  }

  /** Commits, leaves the group and closes both consumers. */
  @Override
  public void close() {
    // The member is closed first, because giving up its partitions changes those of the second.
    try (second;
        member) {
      commitSync(Set.copyOf(uncommitted));
    }
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      member
          .committed(Set.copyOf(partitions))
          .forEach((partition, offset) -> {
            if (offset != null) {
              PartitionProgress committed = PartitionProgress.of(offset);
              progress.put(partition, committed);
              member.seek(partition, committed.next());
            }
          });
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitSync(partitions);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      uncommitted.removeAll(partitions);
      progress.keySet().removeAll(partitions);
      assign(behind());
    }
  }
}
