package io.firesteel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.local.kafka.RunningBroker;
import io.firesteel.local.verify.TopicReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics that a worker makes on a real broker. */
final class TopicSetupTest {

  @TempDir private static Path folder;
  private static RunningBroker broker;
  private static Admin admin;

  private record Settings(Optional<String> prefix) implements TopicsConfig {

    @Override
    public int partitions() {
      return 2;
    }

    @Override
    public short replicationFactor() {
      return -1;
    }

    @Override
    public boolean create() {
      return true;
    }

    @Override
    public Duration startTimeout() {
      return Duration.ofMinutes(1);
    }
  }

  @BeforeAll
  static void start() {
    broker = TestBroker.start(folder);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void aBatchThatUnpacksToMoreThanATopicTakesNeverReachesAWorker() throws Exception {
    Topics topics = prepare("bomb-");
    byte[] zeros = new byte[48 << 20];
    try (var producer = producer()) {
      for (String topic : List.of(topics.requests(), topics.blobEvents())) {
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, zeros)).get())
            .as(topic)
            .hasCauseInstanceOf(RecordTooLargeException.class);
        producer.send(new ProducerRecord<>(topic, "next".getBytes(UTF_8))).get();
      }
    }

    List<String> values = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.open(broker.bootstrapServers(), topics.requests(), topics.blobEvents())) {
      reader.readAll(message -> values.add(new String(message.value(), UTF_8)));
    }
    assertThat(values).containsExactly("next", "next");
  }

  @Test
  void theTopicsBesideTheInboxGetItsNumberOfPartitions() throws Exception {
    create("more-firesteel-inbox", 5);

    Topics topics = prepare("more-");

    assertThat(
            admin
                .describeTopics(List.of(topics.observations(), topics.backlog(), topics.drivers()))
                .allTopicNames()
                .get()
                .entrySet())
        .extracting(topic -> topic.getKey() + " " + topic.getValue().partitions().size())
        .containsExactlyInAnyOrder(
            "more-firesteel-observations 5",
            "more-firesteel-backlog 5",
            "more-firesteel-drivers 2");
  }

  @Test
  void refusesABacklogWithAnotherNumberOfPartitions() throws Exception {
    create("odd-firesteel-backlog", 3);

    assertThatThrownBy(() -> prepare("odd-"))
        .hasMessageContaining("topic odd-firesteel-backlog has 3 partitions and needs 2");
  }

  @Test
  void aTenantsUnsuitableTopicDoesNotKeepTheWorkersFromStarting() throws Exception {
    create("one-spark-job-requests.acme", 1);

    assertThat(prepare("one-").requests()).isEqualTo("one-spark-job-requests");
  }

  private static Topics prepare(String prefix) throws InterruptedException {
    Topics topics = new Topics(prefix);
    new TopicSetup(admin, new Settings(Optional.of(prefix)), Clock.systemUTC()).prepare(topics);
    return topics;
  }

  private static void create(String topic, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "compression.type",
            "lz4",
            "max.request.size",
            64 << 20,
            "buffer.memory",
            128L << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
