package io.firesteel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.firesteel.local.kafka.RunningBroker;
import io.firesteel.local.verify.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import kafka.admin.ConfigCommand;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each message's own commands correct what stopped the start. */
final class TopicSetupTest {

  private static final Pattern COMMAND =
      Pattern.compile("kafka-(configs|topics|consumer-groups)\\.sh ([^\\n()&]+)");
  private static final int PARTITIONS = 2;

  @TempDir private static Path folder;
  private static RunningBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() {
    Exit.setExitProcedure((status, _) -> assertThat(status).isZero());
    broker = TestBroker.start(folder);
    admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
    Exit.resetExitProcedure();
  }

  @Test
  void createsTopicsThatAreMissing() throws InterruptedException {
    setup("new-", true).prepare();
    setup("new-", false).prepare();
  }

  @Test
  void namesTheTopicsThatSomebodyElseMustCreate() throws InterruptedException {
    TopicSetup setup = setup("missing-", false);
    String message = failure(setup);
    assertThat(message).contains("topic missing-firesteel-inbox does not exist");
    assertThat(runCommands(message)).hasSize(new Topics("missing-").specs().size());
    setup.prepare();
  }

  @Test
  void namesEverySettingThatLosesJobs() throws Exception {
    TopicSetup setup = setup("settings-", true);
    setup.prepare();
    ConfigCommand.main(alter("settings-firesteel-inbox", "retention.ms=1000"));
    ConfigCommand.main(alter("settings-firesteel-drivers", "cleanup.policy=delete"));
    String message = failure(setup);
    assertThat(runCommands(message)).hasSize(2);
    setup.prepare();
  }

  @Test
  void aChangedNumberOfPartitionsStopsTheStart() throws Exception {
    TopicSetup setup = setup("partitions-", true);
    setup.prepare();
    String drivers = "partitions-firesteel-drivers";
    admin.createPartitions(Map.of(drivers, NewPartitions.increaseTo(5))).all().get();
    assertThatThrownBy(setup::prepare)
        .hasMessageContaining("topic " + drivers + " has 5 partitions and needs 2");
  }

  @Test
  void lostOffsetsStopTheStartWhileForgottenRequestsAreThere() throws Exception {
    TopicSetup setup = setup("offsets-", true);
    setup.prepare();
    send("offsets-spark-job-requests", Instant.now().minus(Duration.ofDays(6)));
    setup.prepare();

    String changelog = "offsets-firesteel-admission-admission-changelog";
    admin
        .createTopics(
            List.of(
                new NewTopic(changelog, Optional.of(PARTITIONS), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact"))))
        .all()
        .get();

    String message = failure(setup);
    assertThat(message).contains("group offsets-firesteel-intake has lost its offsets");
    assertThat(runCommands(message)).hasSize(1);
    setup.prepare();
  }

  @Test
  void aBatchThatUnpacksToMoreThanATopicTakesNeverReachesAWorker() throws Exception {
    setup("bomb-", true).prepare();
    Topics topics = new Topics("bomb-");
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

    assertThat(failure(setup("more-", true))).contains("topic more-firesteel-drivers has 2");

    var described =
        admin
            .describeTopics(List.of("more-firesteel-observations", "more-firesteel-backlog"))
            .allTopicNames()
            .get();
    assertThat(described.values()).extracting(topic -> topic.partitions().size()).containsOnly(5);
  }

  @Test
  void refusesABacklogWithAnotherNumberOfPartitions() throws Exception {
    create("odd-firesteel-backlog", 3);

    assertThat(failure(setup("odd-", true)))
        .contains("topic odd-firesteel-backlog has 3 partitions and needs 2");
  }

  @Test
  void aTenantsUnsuitableTopicDoesNotKeepTheWorkersFromStarting() throws Exception {
    create("one-spark-job-requests.acme", 1);

    setup("one-", true).prepare();
  }

  private static TopicSetup setup(String prefix, boolean create) {
    TopicChecks checks =
        new TopicChecks(
            new Topics(prefix),
            Duration.ofDays(5),
            Duration.ofHours(12),
            new KafkaCommands(broker.bootstrapServers()));
    return new TopicSetup(admin, config(prefix, create), checks, InstantSource.system());
  }

  private static TopicsConfig config(String prefix, boolean create) {
    return new TopicsConfig() {
      @Override
      public Optional<String> prefix() {
        return Optional.of(prefix);
      }

      @Override
      public int partitions() {
        return PARTITIONS;
      }

      @Override
      public short replicationFactor() {
        return -1;
      }

      @Override
      public boolean create() {
        return create;
      }

      @Override
      public Duration startTimeout() {
        return create ? Duration.ofSeconds(30) : Duration.ZERO;
      }
    };
  }

  private static String failure(TopicSetup setup) {
    Throwable thrown = catchThrowable(setup::prepare);
    assertThat(thrown).isInstanceOf(IllegalStateException.class);
    return String.valueOf(thrown.getMessage());
  }

  /** Runs the first command of each line. */
  private static List<String> runCommands(String message) {
    return message
        .lines()
        .flatMap(line -> COMMAND.matcher(line).results().limit(1))
        .peek(TopicSetupTest::run)
        .map(MatchResult::group)
        .toList();
  }

  private static void run(MatchResult command) {
    String[] arguments = command.group(2).strip().split(" ");
    switch (command.group(1)) {
      case "configs" -> ConfigCommand.main(arguments);
      case "topics" -> TopicCommand.main(arguments);
      default -> ConsumerGroupCommand.main(arguments);
    }
  }

  private static String[] alter(String topic, String setting) {
    return new String[] {
      "--bootstrap-server",
      broker.bootstrapServers(),
      "--alter",
      "--topic",
      topic,
      "--add-config",
      setting
    };
  }

  private static void send(String topic, Instant time) throws Exception {
    var strings = new StringSerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            strings,
            strings)) {
      producer.send(new ProducerRecord<>(topic, 0, time.toEpochMilli(), "acme", "{}")).get();
    }
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
