package io.firesteel.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.firesteel.ask.Ask;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.firesteel.schedule.core.SampleSchedule;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.schedule.core.ScheduleSettings.ConcurrencyPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The schedules with their topics and a clock that the test moves. */
final class ScheduleTopologyTest {

  private static final Topics TOPICS = new Topics("");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TopologyTestDriver driver = driver(SampleSchedule.START);
  private Instant now = SampleSchedule.START;
  private final List<Ask> asked = new ArrayList<>();

  private TopologyTestDriver driver(Instant at) {
    return new TopologyTestDriver(
        ScheduleTopology.build(TOPICS, EventSchemas.ENCODER, new ScheduleMetrics(registry)),
        new Properties(),
        at);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void asksForAJobAtEachNominalTime() {
    define(SampleSchedule.at("*/10 * * * *"));
    elapse(Duration.ofMinutes(20));

    assertThat(asks())
        .extracting(ask -> ask.job().toString())
        .containsExactly("sales/s-nightly-20260301T121000Z", "sales/s-nightly-20260301T122000Z");
    assertThat(types()).containsExactly("applied", "fired", "fired");
    JsonNode status = status();
    assertThat(status.at("/nextFires/0").asText()).isEqualTo("2026-03-01T12:30:00Z");
    assertThat(status.path("active")).hasSize(2);
    assertThat(count("fired")).isEqualTo(2);
  }

  @Test
  void asksOnceForWhatIsDueAtARestartEvenIfTheClockGoesBack() {
    define(SampleSchedule.at("*/10 * * * *"));
    elapse(Duration.ofMinutes(10));
    restart(Duration.ofMinutes(-5));
    elapse(Duration.ofMinutes(10));
    restart(Duration.ofMinutes(31));
    define(SampleSchedule.at("*/10 * * * *"));
    elapse(Duration.ofSeconds(1));

    assertThat(asks())
        .extracting(ask -> ask.job().id().substring(19, 23))
        .containsExactly("1210", "1240");
    assertThat(count("missed")).isEqualTo(2);
    assertThat(count("fired")).isEqualTo(1);
    assertThat(count("late")).isEqualTo(1);
  }

  @Test
  void learnsFromTheResultsWhichOfItsJobsEnded() {
    define(SampleSchedule.at("*/10 * * * *").policy(ConcurrencyPolicy.FORBID));
    elapse(Duration.ofMinutes(10));
    result("sales/s-nightly-20260301T121000Z", "SUCCEEDED");
    result("sales/other", "SUCCEEDED");
    elapse(Duration.ofMinutes(20));

    assertThat(asks()).hasSize(2);
    assertThat(types()).containsExactly("applied", "fired", "fired", "skipped");
    assertThat(status().at("/lastSuccess/scheduledAt").asText()).isEqualTo("2026-03-01T12:10:00Z");
  }

  @Test
  void learnsThatSomeoneElseUsedTheIdOfAJobBefore() {
    define(SampleSchedule.at("*/10 * * * *").policy(ConcurrencyPolicy.FORBID));
    elapse(Duration.ofMinutes(10));
    event(
        TOPICS.events(),
        "sales/s-nightly-20260301T121000Z",
        "io.firesteel.job.duplicate.v1",
        "{\"generation\":1,\"phase\":\"FAILED\",\"outcome\":\"FAILED\"}");
    elapse(Duration.ofMinutes(10));

    assertThat(asks()).hasSize(2);
    assertThat(status().at("/lastFailure/scheduledAt").asText()).isEqualTo("2026-03-01T12:10:00Z");
  }

  @Test
  void removesAScheduleThatTheDirectoryNoLongerHasAndAnswersControlEventsAboutIt() {
    define(SampleSchedule.at("*/10 * * * *"));
    send(new ScheduleMessage.Listed("sales", List.of()));
    send(new ScheduleMessage.RunRequested(SampleSchedule.NIGHTLY, SampleSchedule.origin(3)));
    elapse(Duration.ofHours(2));

    assertThat(asks()).isEmpty();
    assertThat(types()).containsExactly("applied", "removed", "unknown");
    assertThat(state()).isEmpty();
  }

  @Test
  void runsNowAndObeysSuspensions() {
    define(SampleSchedule.at("*/10 * * * *"));
    send(new ScheduleMessage.Suspended(SampleSchedule.NIGHTLY, SampleSchedule.origin(1)));
    send(new ScheduleMessage.RunRequested(SampleSchedule.NIGHTLY, SampleSchedule.origin(2)));
    elapse(Duration.ofMinutes(15));
    send(new ScheduleMessage.Resumed(SampleSchedule.NIGHTLY, SampleSchedule.origin(3)));

    assertThat(asks()).hasSize(1);
    assertThat(types()).containsExactly("applied", "suspended", "fired", "skipped", "resumed");
  }

  @Test
  void continuesWhenItsDefinitionNoLongerSuspendsIt() {
    define(SampleSchedule.at("*/10 * * * *").suspended());
    elapse(Duration.ofMinutes(15));
    define(SampleSchedule.at("*/10 * * * *"));
    elapse(Duration.ofMinutes(5));

    assertThat(types()).containsExactly("applied", "applied", "skipped", "resumed", "fired");
  }

  @Test
  void skipsARecordThatIsNoMessage() {
    driver
        .createInputTopic(TOPICS.schedules(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("sales", new byte[] {'{'});
    define(SampleSchedule.at("*/10 * * * *"));

    assertThat(types()).containsExactly("applied");
  }

  private void define(SampleSchedule schedule) {
    send(new ScheduleMessage.Defined(schedule.build(), null));
  }

  private void send(ScheduleMessage message) {
    driver
        .createInputTopic(TOPICS.schedules(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(message.tenant(), JsonCodec.write(message));
  }

  private void result(String job, String outcome) {
    event(
        TOPICS.results(),
        job,
        "io.firesteel.job.succeeded.v1",
        "{\"outcome\":\"%s\",\"previousPhase\":\"RUNNING\"}".formatted(outcome));
  }

  private void event(String topic, String job, String type, String data) {
    var headers = new RecordHeaders();
    byte[] value =
        EventSchemas.ENCODER
            .serializer()
            .serialize(
                topic,
                headers,
                CloudEventBuilder.v1()
                    .withId("1")
                    .withSource(URI.create("/firesteel"))
                    .withType(type)
                    .withData("application/json", data.getBytes(UTF_8))
                    .build());
    driver
        .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(job, value, headers));
  }

  private void elapse(Duration time) {
    Instant end = now.plus(time);
    for (Duration step = Duration.ofSeconds(10); now.isBefore(end); now = now.plus(step)) {
      step = Duration.between(now, end).compareTo(step) < 0 ? Duration.between(now, end) : step;
      driver.advanceWallClockTime(step);
    }
  }

  /** A new instance with what was committed, and with a clock that differs. */
  private void restart(Duration later) {
    Map<String, byte[]> state = state();
    List<Ask> open = asks();
    asked.addAll(open);
    driver.close();
    now = now.plus(later);
    driver = driver(now);
    state.forEach(driver.<String, byte[]>getKeyValueStore(ScheduleProcessor.STORE)::put);
  }

  private Map<String, byte[]> state() {
    Map<String, byte[]> state = new HashMap<>();
    try (var all = driver.<String, byte[]>getKeyValueStore(ScheduleProcessor.STORE).all()) {
      all.forEachRemaining(entry -> state.put(entry.key, entry.value));
    }
    return state;
  }

  private List<Ask> asks() {
    List<Ask> all = new ArrayList<>(asked);
    new TopologyOutput(driver)
        .records(TOPICS.asks())
        .forEach(record -> all.add(JsonCodec.read(record.value(), Ask.class)));
    asked.clear();
    return all;
  }

  private List<String> types() {
    return new TopologyOutput(driver)
        .types(TOPICS.events()).stream().map(type -> type.split("\\.")[3]).toList();
  }

  private JsonNode status() {
    return Objects.requireNonNull(
        new TopologyOutput(driver).values(TOPICS.scheduleStatus()).getLast());
  }

  private double count(String end) {
    return registry.counter(ScheduleMetrics.TIMES, "tenant", "sales", "end", end).count();
  }
}
