package io.firesteel.cluster;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.controller.ClusterProducer;
import io.firesteel.cluster.controller.Leases;
import io.firesteel.cluster.reconcile.SamplePods;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.kafka.JsonSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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

/** When the new owner of a partition starts to act, however much of the table was restored. */
final class TakeoverTest {

  private static final String DRIVERS = "drivers";

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Queue<Runnable> scheduled = new ArrayDeque<>();
  private final ClusterProducer clusterProducer =
      new ClusterProducer(producer, new SimpleMeterRegistry(), _ -> scheduled::add);
  private final Leases leases = new Leases(Duration.ofSeconds(10), () -> 0);
  private final List<String> events = new ArrayList<>();
  private TopologyTestDriver streams;
  private TestInputTopic<String, DesiredDriver> drivers;

  @BeforeEach
  void start(@TempDir Path folder) {
    Properties settings = new Properties();
    settings.putAll(ClusterTopology.SETTINGS);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "takeover");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    ReadBarriers barriers = new ReadBarriers(clusterProducer, DRIVERS);
    streams =
        new TopologyTestDriver(
            ClusterTopology.build(
                DRIVERS, () -> new DesiredDriverProcessor(_ -> new Recorded(), barriers, leases)),
            settings);
    drivers =
        streams.createInputTopic(
            DRIVERS, new StringSerializer(), JsonSerde.serde(DesiredDriver.class).serializer());
  }

  private final class Recorded implements PartitionController {
    @Override
    public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
      events.add((driver == null ? "over " : "desired ") + job);
    }

    @Override
    public void rejectUnreadable(JobKey job, @Nullable KnownAttempt known) {
      events.add("unreadable " + job + (known == null ? "" : " of " + known.cohort()));
    }

    @Override
    public void start() {
      events.add("start");
    }

    @Override
    public void refresh(Consumer<BiConsumer<JobKey, DesiredDriver>> table) {
      table.accept((job, _) -> events.add("refreshed " + job));
    }

    @Override
    public void close() {
      events.add("close");
    }
  }

  @AfterEach
  void close() {
    if (!events.contains("close")) {
      streams.close();
    }
  }

  @Test
  void readsWhatThePreviousOwnerHadReadBeforeItActs() {
    setDesired(FIRST);
    drivers.pipeInput(FIRST.job().toString(), null);
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);

    assertThat(events).containsExactly("desired acme/daily", "over acme/daily", "start");
  }

  @Test
  void doesNotActUntilKafkaConfirmsTheOwner() {
    drivers.pipeInput(ownBarrier(), null);

    assertThat(events).isEmpty();
    assertThat(leases.heldEpoch(0).isPresent()).isFalse();
  }

  @Test
  void ignoresAnotherOwnersBarrier() {
    String foreign = new ReadBarriers(clusterProducer, DRIVERS).write(0);

    drivers.pipeInput(foreign, null);
    leases.confirm(0);

    assertThat(events).isEmpty();
  }

  @Test
  void writesABarrierToItsPartitionAsATombstone() {
    var barrier = producer.history().getFirst();

    assertThat(barrier.partition()).isZero();
    assertThat(barrier.value()).isNull();
  }

  @Test
  void writesABarrierAgainThatKafkaRefused() {
    producer.clear();
    producer.sendException = new TopicAuthorizationException(DRIVERS);
    String barrier = new ReadBarriers(clusterProducer, DRIVERS).write(3);
    producer.sendException = null;

    scheduled.remove().run();

    assertThat(producer.history())
        .singleElement()
        .satisfies(record -> {
          assertThat(record.partition()).isEqualTo(3);
          assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(barrier);
        });
  }

  @Test
  void followsChangesAfterTheStart() {
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);
    setDesired(FIRST);

    assertThat(events).containsExactly("start", "desired acme/daily");
  }

  @Test
  void aDriverThatCannotBeReadDoesNotStopThePartition() {
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);
    TestInputTopic<String, byte[]> raw =
        streams.createInputTopic(DRIVERS, new StringSerializer(), new ByteArraySerializer());
    raw.pipeInput("acme/garbage", new byte[] {'{'});
    raw.pipeInput("garbage", new byte[] {'{'});
    raw.pipeInput(
        "acme/half",
        "{\"attempt\":{\"job\":\"acme/half\",\"generation\":1,\"number\":1},\"cohort\":\"c\",\"labels\":7}"
            .getBytes(StandardCharsets.UTF_8));
    setDesired(FIRST);

    assertThat(events)
        .containsExactly(
            "start", "unreadable acme/garbage", "unreadable acme/half of c", "desired acme/daily");
  }

  @Test
  void releasesTheLeaseWhenItLosesThePartition() {
    drivers.pipeInput(ownBarrier(), null);
    leases.confirm(0);

    streams.close();

    assertThat(events).containsExactly("start", "close");
    assertThat(leases.heldEpoch(0).isPresent()).isFalse();
  }

  @Test
  void passesTheTableOnWheneverItRefreshes() {
    setDesired(FIRST);

    streams.advanceWallClockTime(leases.renewInterval());

    assertThat(events).containsExactly("desired acme/daily", "refreshed acme/daily");
  }

  private void setDesired(Attempt attempt) {
    drivers.pipeInput(attempt.job().toString(), SamplePods.desired(attempt));
  }

  private String ownBarrier() {
    return new String(producer.history().getFirst().key(), StandardCharsets.UTF_8);
  }
}
