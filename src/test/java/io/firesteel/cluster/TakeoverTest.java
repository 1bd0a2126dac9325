package io.firesteel.cluster;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.controller.Leases;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.JsonSerde;
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
    ReadBarriers barriers = new ReadBarriers(producer, DRIVERS);
    streams =
        new TopologyTestDriver(
            ClusterTopology.build(
                DRIVERS, () -> new DesiredDriverProcessor(_ -> new Recorded(), barriers, leases)),
            settings);
    drivers =
        streams.createInputTopic(
            DRIVERS, new StringSerializer(), JsonSerde.serde(DesiredDriver.class).serializer());
  }

  /** Writes down what it is told. */
  private final class Recorded implements PartitionController {
    @Override
    public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
      happened.add((driver == null ? "over " : "wanted ") + job);
    }

    @Override
    public void start() {
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
    setDesired(FIRST);
    drivers.pipeInput(FIRST.job().toString(), null);
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);

    assertThat(happened).containsExactly("wanted acme/daily", "over acme/daily", "begin");
  }

  @Test
  void nothingIsDoneUntilKafkaConfirmsTheOwner() {
    drivers.pipeInput(ownBarrier(), null);

    assertThat(happened).isEmpty();
    assertThat(leases.heldEpoch(0).isPresent()).isFalse();
  }

  @Test
  void anotherOwnersBarrierIsIgnored() {
    String foreign = new ReadBarriers(producer, DRIVERS).write(0);

    drivers.pipeInput(foreign, null);
    leases.confirm(0);

    assertThat(happened).isEmpty();
  }

  @Test
  void aBarrierGoesToItsPartitionAndIsATombstone() {
    var mark = producer.history().getFirst();

    assertThat(mark.partition()).isZero();
    assertThat(mark.value()).isNull();
  }

  @Test
  void changesAreFollowedAfterTheBeginning() {
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);
    setDesired(FIRST);

    assertThat(happened).containsExactly("begin", "wanted acme/daily");
  }

  @Test
  void losingThePartitionReleasesItsLease() {
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);

    streams.close();

    assertThat(happened).containsExactly("begin", "close");
    assertThat(leases.heldEpoch(0).isPresent()).isFalse();
  }

  private void setDesired(Attempt attempt) {
    drivers.pipeInput(attempt.job().toString(), SamplePods.desired(attempt));
  }

  private String ownBarrier() {
    return new String(producer.history().getFirst().key(), StandardCharsets.UTF_8);
  }
}
