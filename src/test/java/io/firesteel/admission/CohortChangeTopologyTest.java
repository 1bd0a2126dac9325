package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.job;
import static io.firesteel.admission.core.SampleJob.origin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change of a tenant's cohort through the topics; the test driver has one partition of each. */
final class CohortChangeTopologyTest {

  private final Topics topics = new Topics("");
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          AdmissionTopology.build(
              topics,
              AdmissionSettings.DEFAULT,
              EventSchemas.ENCODER,
              new TenantCollector(new SimpleMeterRegistry(), InstantSource.system())),
          new Properties(),
          START);
  private final TestInputTopic<String, byte[]> inbox =
      driver.createInputTopic(topics.inbox(), new StringSerializer(), new ByteArraySerializer());
  private final TopologyOutput topologyOutput = new TopologyOutput(driver);
  private final Map<JobKey, DesiredDriver> drivers = new HashMap<>();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void publishesTheHomeOfATenantWhenItMoves() {
    define("blue", 1);
    assertThat(homes()).containsExactly("blue blue");
    send(job("blue", "1").submitted());

    define("north", 1);
    assertThat(homes()).isEmpty();
    finish(ONE);

    assertThat(homes()).containsExactly("blue north");
  }

  @Test
  void forwardsWhatIsSentToTheOldCohort() {
    define("north", 1);

    send(job("blue", "1").submitted());

    readDrivers();
    assertThat(driver(ONE).cohort()).isEqualTo("north");
    finish(ONE);
    assertThat(topologyOutput.types(topics.results()))
        .containsExactly("io.firesteel.job.succeeded.v1");
  }

  @Test
  void knowsTheJobsFromBeforeTheMove() {
    define("blue", 1);
    send(job("blue", "1").published(1).submitted());
    finish(ONE);
    send(new InboxMessage.CancelRequested(TWO, origin("early"), null));
    define("north", 1);
    topologyOutput.values(topics.events());

    send(job("blue", "1").published(2).submitted());
    send(job("blue", "2").published(3).submitted());

    assertThat(topologyOutput.types(topics.events()))
        .containsExactly(
            "io.firesteel.job.duplicate.v1",
            "io.firesteel.job.accepted.v1",
            "io.firesteel.job.cancelled.v1");
  }

  @Test
  void aCancellationReachesAJobThatKeepsItsTenantInTheOldCohort() {
    define("blue", 1);
    send(job("blue", "1").submitted());
    define("north", 1);

    send(new InboxMessage.CancelRequested(ONE, origin("cancel"), null));

    readDrivers();
    assertThat(driver(ONE).stop()).isTrue();
  }

  @Test
  void staysSuspendedInTheNewCohort() {
    define("blue", 1);
    send(new InboxMessage.TenantSuspended("blue", origin("suspend")));
    define("north", 1);

    send(job("blue", "1").submitted());
    readDrivers();
    assertThat(drivers).isEmpty();
    send(new InboxMessage.TenantResumed("blue", origin("resume")));

    readDrivers();
    assertThat(drivers).containsOnlyKeys(ONE);
    assertThat(topologyOutput.values(topics.events()))
        .filteredOn(event -> event.path("type").asText().startsWith("io.firesteel.tenant"))
        .extracting(event -> event.path("sequence").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void forgetsAJobOnceAlthoughTwoCohortsKnowIt() {
    define("blue", 1);
    send(job("blue", "1").submitted());
    finish(ONE);
    define("north", 1);
    topologyOutput.values(topics.status());

    driver.advanceWallClockTime(Duration.ofDays(8));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(topologyOutput.values(topics.status())).hasSize(1).containsOnlyNulls();
  }

  private void define(String cohort, int maxConcurrency) {
    send(
        new InboxMessage.TenantDefined(
            new TenantLimits(
                "blue",
                cohort,
                maxConcurrency,
                TenantLimits.UNLIMITED,
                1,
                TenantLimits.UNLIMITED)));
  }

  private void finish(JobKey key) {
    readDrivers();
    DesiredDriver running = driver(key);
    Observation finished = new Observation.Finished(running.attempt(), START, null);
    inbox.pipeInput(running.cohort(), JsonCodec.write(new InboxMessage.Observed(finished)));
    readDrivers();
  }

  private DesiredDriver driver(JobKey key) {
    return Objects.requireNonNull(drivers.get(key));
  }

  private void readDrivers() {
    for (JsonNode value : topologyOutput.values(topics.drivers())) {
      if (value == null) {
        drivers.clear();
      } else {
        DesiredDriver read = JsonCodec.MAPPER.convertValue(value, DesiredDriver.class);
        drivers.put(read.attempt().job(), read);
      }
    }
  }

  private List<String> homes() {
    return topologyOutput.keyValues(topics.tenants()).stream()
        .map(record ->
            record.key + " " + JsonCodec.read(record.value, JsonNode.class).path("cohort").asText())
        .toList();
  }

  /** As intake does that has not read the tenants topic. */
  private void send(InboxMessage message) {
    inbox.pipeInput("blue", JsonCodec.write(message));
  }
}
