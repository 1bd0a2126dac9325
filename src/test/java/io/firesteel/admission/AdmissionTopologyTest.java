package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.Warning;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.firesteel.platform.CapturedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor, its store and its topics, with the clock moved by hand. */
final class AdmissionTopologyTest {

  private static final JobKey FIRST = new JobKey("blue", "1");

  private final Topics topics = new Topics("");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TenantCollector tenants = new TenantCollector(registry, InstantSource.system());
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          AdmissionTopology.build(topics, AdmissionSettings.DEFAULT, EventSchemas.ENCODER, tenants),
          new Properties(),
          START);
  private final TopologyOutput topologyOutput = new TopologyOutput(driver);
  private final TestInputTopic<String, byte[]> inbox =
      driver.createInputTopic(
          topics.inbox(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void carriesAJobFromRequestToResult() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(job("blue", "1").submitted());

    assertThat(topologyOutput.values(topics.drivers()))
        .singleElement()
        .satisfies(wanted -> assertThat(wanted.at("/attempt/number").asInt()).isEqualTo(1));

    observe(new Observation.Created(attempt(1), START, "ns-blue", "pod-1", "uid-1", "spark-1"));
    observe(new Observation.Started(attempt(1), START, "node"));
    observe(new Observation.Ready(attempt(1), START.plusSeconds(9)));
    observe(new Observation.Ready(attempt(1), START.plusSeconds(10)));
    observe(new Observation.Finished(attempt(1), START, null));

    assertThat(topologyOutput.types(topics.events()))
        .containsExactly(
            "io.firesteel.job.accepted.v1",
            "io.firesteel.job.admitted.v1",
            "io.firesteel.driver.submitted.v1",
            "io.firesteel.driver.started.v1",
            "io.firesteel.driver.ready.v1",
            "io.firesteel.job.succeeded.v1");
    assertThat(topologyOutput.values(topics.results()))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.path("type").asText()).isEqualTo("io.firesteel.job.succeeded.v1");
          assertThat(result.at("/data/timeline/readyAt").asText())
              .isEqualTo(START.plusSeconds(9).toString());
        });
    assertThat(topologyOutput.values(topics.drivers())).last().isNull();
  }

  @Test
  void holdsTheNextJobUntilTheSlotIsFree() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(job("blue", "1").submitted());
    send(job("blue", "2").submitted());

    assertThat(topologyOutput.values(topics.drivers())).hasSize(1);

    observe(new Observation.Gone(attempt(1), START, SampleJob.failure(FailureCategory.CAPACITY)));

    assertThat(topologyOutput.values(topics.drivers()))
        .extracting(wanted -> wanted == null ? null : wanted.at("/attempt/job").asText())
        .containsExactly(null, "blue/2");
  }

  @Test
  void decidesAboutObservationsFirstAndAboutNeighboursBeforeTheRestOfAFlood(@TempDir Path state) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    // Holds records back until every topic has one, as if all had arrived at once
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Duration.ofHours(1).toMillis());
    Topology topology =
        AdmissionTopology.build(topics, AdmissionSettings.DEFAULT, EventSchemas.ENCODER, tenants);
    try (TopologyTestDriver busy = new TopologyTestDriver(topology, settings, START)) {
      TestInputTopic<String, byte[]> backlog = input(busy, topics.backlog());
      for (int i = 0; i < 10_000; i++) {
        send(backlog, 0, job("flood", "flood-" + i).submitted());
      }
      send(
          input(busy, topics.inbox()),
          1,
          new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
      send(input(busy, topics.inbox()), 1, job("blue", "1").submitted());
      Observation seen = new Observation.Started(attempt(1), START, "node");
      double before = observations();

      send(input(busy, topics.observations()), 2, new InboxMessage.Observed(seen));
      assertThat(observations() - before).isEqualTo(1);
      assertThat(new TopologyOutput(busy).records(topics.events())).isEmpty();

      busy.advanceWallClockTime(Duration.ofHours(2));
      assertThat(new TopologyOutput(busy).keyValues(topics.events()))
          .extracting(event -> event.key)
          .containsOnly("blue/1");
    }
  }

  private double observations() {
    var lag = registry.find(AdmissionMetrics.OBSERVED).timer();
    return lag == null ? 0 : lag.count();
  }

  private static TestInputTopic<String, byte[]> input(TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sends a record that is so many seconds younger than the first. */
  private static void send(
      TestInputTopic<String, byte[]> topic, int seconds, InboxMessage message) {
    topic.pipeInput("blue", JsonCodec.write(message), START.plusSeconds(seconds));
  }

  @Test
  void startsADelayedJobWhenItsTimeHasCome() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(job("blue", "1").notBefore(START.plusSeconds(60)).submitted());

    driver.advanceWallClockTime(Duration.ofSeconds(59));
    assertThat(topologyOutput.values(topics.drivers())).isEmpty();

    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(topologyOutput.values(topics.drivers())).hasSize(1);
  }

  @Test
  void putsAnUnreadableRecordAsideAndGoesOn() {
    inbox.pipeInput("blue", "not json".getBytes(UTF_8));
    send(job("blue", "1").submitted());

    assertThat(topologyOutput.records(topics.deadLetters()))
        .singleElement()
        .satisfies(letter ->
            assertThat(letter.headers().lastHeader("firesteel-reason-code").value())
                .asString(UTF_8)
                .isEqualTo("MESSAGE_UNREADABLE"));
    assertThat(topologyOutput.types(topics.events())).contains("io.firesteel.job.accepted.v1");
  }

  @Test
  void putsARecordWithoutWhatItNeedsAsideInsteadOfStumbling() {
    for (String bad :
        List.of(
            "null",
            "{}",
            "{\"kind\":\"submitted\"}",
            "{\"kind\":\"observed\",\"observation\":{\"seen\":\"gone\"}}",
            "{\"kind\":\"observed\"}",
            "{\"kind\":\"cancel-requested\",\"key\":\"blue/1\"}",
            "{\"kind\":\"tenant-defined\",\"limits\":{}}",
            "{\"kind\":\"never-heard-of\"}")) {
      inbox.pipeInput("blue", bad.getBytes(UTF_8));
    }
    inbox.pipeInput(null, JsonCodec.write(job("blue", "1").submitted()));

    assertThat(topologyOutput.records(topics.deadLetters())).hasSize(9);
    assertThat(topologyOutput.values(topics.events())).isEmpty();
  }

  @Test
  void aRecordWithoutKeyKeepsItsValueInTheDeadLetter() {
    byte[] value = JsonCodec.write(job("blue", "1").submitted());
    inbox.pipeInput(null, value);

    assertThat(topologyOutput.records(topics.deadLetters()))
        .singleElement()
        .satisfies(letter -> assertThat(letter.value()).isEqualTo(value));
  }

  @Test
  void neitherTheLogNorTheReasonQuotesAnUnreadableRecord() {
    try (CapturedLog capturedLog = CapturedLog.by(AdmissionProcessor.class)) {
      for (String bad :
          List.of(
              "hunter2",
              "{\"kind\":\"hunter2\"}",
              "{\"kind\":\"cancel-requested\",\"key\":\"hunter2\"}",
              "{\"kind\":\"priority-changed\",\"key\":\"a/b\",\"priority\":\"hunter2\"}")) {
        inbox.pipeInput("blue", bad.getBytes(UTF_8));
      }

      assertThat(capturedLog.lines()).hasSize(4);
      assertThat(capturedLog.lines().toString()).doesNotContain("hunter2");
    }
    assertThat(topologyOutput.records(topics.deadLetters()))
        .hasSize(4)
        .allSatisfy(letter -> assertThat(letter.headers().toString()).doesNotContain("hunter2"));
  }

  @Test
  void answersASuspensionOnTheTopicOfEventsUnderTheTenant() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(new InboxMessage.TenantSuspended("blue", SampleJob.origin("s")));

    var answer = topologyOutput.records(topics.events()).getFirst();
    JsonNode event = JsonCodec.read(answer.value(), JsonNode.class);
    assertThat(answer.key()).asString(UTF_8).isEqualTo("blue");
    assertThat(event.path("type").asText()).isEqualTo("io.firesteel.tenant.suspended.v1");
    assertThat(event.path("causationid").asText()).isEqualTo("s");
    assertThat(event.at("/data/changed").asBoolean()).isTrue();
  }

  @Test
  void warnsOfWhatChangesNothingBeforeTheJobStarts() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(
        job("blue", "1")
            .warnings(Warning.ignored("/spec/retryInterval", "nobody reads it"))
            .submitted());

    assertThat(topologyOutput.types(topics.events()))
        .containsExactly(
            "io.firesteel.job.accepted.v1",
            "io.firesteel.job.warning.v1",
            "io.firesteel.job.admitted.v1");
  }

  @Test
  void tellsHowBusyATenantIs() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(job("blue", "1").submitted());
    send(job("blue", "2").submitted());

    assertThat(tenants.samples().value(TenantCollector.Family.USED, "blue", "blue")).isEqualTo(1);
    assertThat(tenants.samples().value(TenantCollector.Family.WAITING, "blue", "blue"))
        .isEqualTo(1);
  }

  @Test
  void logsEachTransitionOnceWithTheJobAndItsTraceAndNothingOfTheRequest() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    try (CapturedLog capturedLog = CapturedLog.by(AdmissionProcessor.class)) {
      send(job("blue", "1").submitted());
      observe(
          new Observation.Finished(attempt(1), START, SampleJob.failure(FailureCategory.IMAGE)));

      assertThat(capturedLog.lines())
          .extracting(line -> line.fields().get("to"))
          .containsExactly("WAITING", "ADMITTED", "FAILED");
      assertThat(capturedLog.lines())
          .allSatisfy(line ->
              assertThat(line.fields())
                  .containsEntry("tenant", "blue")
                  .containsEntry("jobId", "1")
                  .containsEntry("traceId", SampleJob.TRACE_ID));
      assertThat(capturedLog.lines().getLast().fields())
          .containsEntry("category", "IMAGE")
          .containsEntry("reason", "Reason");
      assertThat(capturedLog.lines().toString()).doesNotContain("mainClass", "It went wrong");
    }
  }

  private static Attempt attempt(int number) {
    return new Attempt(FIRST, START.toEpochMilli(), number);
  }

  private void observe(Observation seen) {
    send(new InboxMessage.Observed(seen));
  }

  private void send(InboxMessage message) {
    inbox.pipeInput("blue", JsonCodec.write(message));
  }
}
