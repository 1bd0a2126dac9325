package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** One partition of the shared topic, with messages such as {@code flood 1}. */
final class RequestReaderTest {

  private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

  private final List<String> log = new ArrayList<>();
  private final List<String> handled = new ArrayList<>();
  private final Set<String> overShare = new HashSet<>();
  private final ReplayedLog member = new ReplayedLog(100);
  private final ReplayedLog second = new ReplayedLog(2);
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private long millis;
  private long deferredMillis;
  private RequestReader reader = reader(member, second);

  @Test
  void aNeighbourInTheSamePartitionWaitsForFewMessagesOfAFlood() throws Exception {
    overShare.add("flood");
    publish("flood 1", "flood 2", "flood 3", "flood 4", "flood 5", "sales 1", "flood 6");

    reader.step();

    assertThat(handled).containsExactly("sales 1");

    publish("sales 2");
    reader.step();
    reader.step();

    assertThat(handled)
        .containsExactly("sales 1", "sales 2", "deferred flood 1", "deferred flood 2");
  }

  @Test
  void everyMessageOfAFloodIsHandledOnceAndInOrder() throws Exception {
    overShare.add("flood");
    publish("flood 1", "sales 1", "flood 2", "flood 3");
    reader.step();
    overShare.clear();
    publish("flood 4", "sales 2");

    steps(6);

    assertThat(handled)
        .containsExactly(
            "sales 1",
            "sales 2",
            "deferred flood 1",
            "deferred flood 2",
            "deferred flood 3",
            "deferred flood 4");

    publish("flood 5");
    steps(1);

    assertThat(handled).endsWith("deferred flood 4", "flood 5");
  }

  @Test
  void deferredMessagesGetATenthOfTheTimeWhileOthersKeepIntakeBusy() throws Exception {
    overShare.add("flood");
    for (int i = 0; i < 100; i++) {
      publish("flood " + i);
    }
    reader.step();
    deferredMillis = 20;
    millis = 0;
    while (millis < 2_000) {
      millis += 10;
      publish("sales " + millis);
      reader.step();
    }

    assertThat(handled.stream().filter(message -> message.startsWith("deferred")).count())
        .isBetween(2 * 8L, 2 * 12L);
  }

  @Test
  void theNextOwnerOfAPartitionHandlesEachMessageThatWasNotHandled() throws Exception {
    overShare.add("flood");
    publish("flood 1", "sales 1", "flood 2", "flood 3", "sales 2");
    steps(2);
    member.rebalance(List.of());
    overShare.clear();
    publish("sales 3");
    assertThat(handled).containsExactly("sales 1", "sales 2", "deferred flood 1");

    reader = reader(new ReplayedLog(100), new ReplayedLog(2));
    steps(4);

    assertThat(handled)
        .containsExactly(
            "sales 1",
            "sales 2",
            "deferred flood 1",
            "sales 3",
            "deferred flood 2",
            "deferred flood 3");
  }

  @Test
  void commitsWhatItHandledWhenItCloses() throws Exception {
    publish("sales 1", "sales 2");
    reader.step();

    reader.close();

    assertThat(committed).containsEntry(PARTITION, new OffsetAndMetadata(2));
  }

  private void publish(String... messages) {
    log.addAll(List.of(messages));
  }

  private void steps(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      reader.step();
    }
  }

  private RequestReader reader(ReplayedLog first, ReplayedLog again) {
    var opened =
        new RequestReader(
            first, again, Pattern.compile("requests"), new Handler(), () -> millis * 1_000_000);
    first.commitSync(committed);
    first.rebalance(List.of(PARTITION));
    return opened;
  }

  private final class Handler implements RequestReader.Requests {

    @Override
    public Optional<String> sender(ConsumerRecord<byte[], byte[]> message) {
      return Optional.of(new String(message.value(), UTF_8).split(" ", 2)[0]);
    }

    @Override
    public boolean isOverShare(String tenant) {
      return overShare.contains(tenant);
    }

    @Override
    public void handle(List<ConsumerRecord<byte[], byte[]>> messages, boolean deferred) {
      millis += deferred ? deferredMillis : 0;
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        handled.add((deferred ? "deferred " : "") + new String(message.value(), UTF_8));
      }
    }
  }

  /** Kafka's own stand-in, which hands out the log from its position on. */
  private final class ReplayedLog extends MockConsumer<byte[], byte[]> {

    private final int maxPollRecords;

    ReplayedLog(int maxPollRecords) {
      super("earliest");
      this.maxPollRecords = maxPollRecords;
      updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!assignment().isEmpty()) {
        long position = position(PARTITION);
        for (long i = position; i < Math.min(log.size(), position + maxPollRecords); i++) {
          byte[] value = log.get(Math.toIntExact(i)).getBytes(UTF_8);
          addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, i, new byte[0], value));
        }
      }
      return super.poll(Duration.ZERO);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      super.commitSync(offsets);
      committed.putAll(offsets);
    }
  }
}
