package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the new owner of a partition begins to act, however much of the table was restored. */
final class TakeoverTest {

  private static final String DRIVERS = "drivers";

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Leases leases = new Leases(Duration.ofSeconds(10), () -> 0);
  private final List<String> happened = new ArrayList<>();
  private TopologyTestDriver streams;
  private TestInputTopic<String, DesiredDriver> drivers;

  @BeforeEach
  void start(@TempDir Path folder) {
    Properties settings = new Properties();
    settings.putAll(ClusterTopology.SETTINGS);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "takeover");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    Marks marks = new Marks(producer, DRIVERS);
    streams =
        new TopologyTestDriver(
            ClusterTopology.build(
                DRIVERS, () -> new ShardProcessor(_ -> new Recorded(), marks, leases)),
            settings);
    drivers =
        streams.createInputTopic(
            DRIVERS, new StringSerializer(), Json.serde(DesiredDriver.class).serializer());
  }

  /** Writes down what it is told. */
  private final class Recorded implements OwnedPartition {
    @Override
    public void desire(JobKey job, @Nullable DesiredDriver driver) {
      happened.add((driver == null ? "over " : "wanted ") + job);
    }

    @Override
    public void begin() {
      happened.add("begin");
    }

    @Override
    public void close() {
      happened.add("close");
    }
  }

  @AfterEach
  void close() {
    if (!happened.contains("close")) {
      streams.close();
    }
  }

  @Test
  void whatTheOwnerBeforeHadReadIsReadBeforeAnythingIsDone() {
    wanted(FIRST);
    drivers.pipeInput(FIRST.job().toString(), null);
    drivers.pipeInput(ownMark(), null);
    leases.confirm(0);

    assertThat(happened).containsExactly("wanted acme/daily", "over acme/daily", "begin");
  }

  @Test
  void nothingIsDoneUntilKafkaConfirmsTheOwner() {
    drivers.pipeInput(ownMark(), null);

    assertThat(happened).isEmpty();
    assertThat(leases.held(0).isPresent()).isFalse();
  }

  @Test
  void anotherOwnersMarkMeansNothing() {
    String foreign = new Marks(producer, DRIVERS).put(0);

    drivers.pipeInput(foreign, null);
    leases.confirm(0);

    assertThat(happened).isEmpty();
  }

  @Test
  void aMarkGoesToItsPartitionAndIsATombstone() {
    var mark = producer.history().getFirst();

    assertThat(mark.partition()).isZero();
    assertThat(mark.value()).isNull();
  }

  @Test
  void changesAreFollowedAfterTheBeginning() {
    drivers.pipeInput(ownMark(), null);
    leases.confirm(0);
    wanted(FIRST);

    assertThat(happened).containsExactly("begin", "wanted acme/daily");
  }

  @Test
  void whoLosesThePartitionHoldsItNoMore() {
    drivers.pipeInput(ownMark(), null);
    leases.confirm(0);

    streams.close();

    assertThat(happened).containsExactly("begin", "close");
    assertThat(leases.held(0).isPresent()).isFalse();
  }

  private void wanted(Attempt attempt) {
    drivers.pipeInput(attempt.job().toString(), Pods.wanted(attempt));
  }

  private String ownMark() {
    return new String(producer.history().getFirst().key(), StandardCharsets.UTF_8);
  }
}
