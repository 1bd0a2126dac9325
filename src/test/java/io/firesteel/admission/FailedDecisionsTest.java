package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One job whose decisions throw: {@code blue/bad}. It ends as a bug, once; every other job runs as
 * if nothing had happened. The tenant blue has one slot.
 */
final class FailedDecisionsTest {

  private static final JobKey BAD = new JobKey("blue", "bad");
  private static final JobKey FIRST = new JobKey("blue", "first");
  private static final JobKey NEXT = new JobKey("blue", "next");
  private static final JobKey OTHER = new JobKey("green", "other");

  private final Topics topics = new Topics("");
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TopologyTestDriver driver = driver();
  private final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
  private final Map<String, List<JsonNode>> results = new HashMap<>();
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Set<String> desired = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();

  @BeforeEach
  void defineTenants() {
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(new InboxMessage.TenantDefined(SampleJob.limits("green", 1)));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aSubmissionThatThrowsIsRefusedAsABug() {
    InboxMessage bad = job("blue", "bad").after("first", Dependency.Condition.SUCCESS).submitted();
    ObjectNode tree = (ObjectNode) JsonCodec.toTree(bad);
    ((ObjectNode) tree.at("/job/dependsOn/0")).remove("jobId");
    byte[] value = JsonCodec.write(tree);
    send(BAD.tenant(), value);
    send(job("blue", "next").submitted());

    assertSetAside(value);
    assertBug("REFUSED");
    assertOthersRun();
  }

  @Test
  void anObservationThatThrowsEndsTheJobAndFreesItsSlot() {
    run(BAD);
    submitNext();
    change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("retry"));
    byte[] value = observe(finished(BAD, true));
    elapse();

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aCancellationThatThrowsStopsTheDriverAndKeepsTheSlotUntilItIsGone() {
    run(BAD);
    submitNext();
    corrupt("j/blue/bad");
    byte[] value = cancel(BAD);
    elapse();

    assertSetAside(value);
    assertThat(results).isEmpty();
    assertThat(stopped).containsExactly("blue/bad");
    assertThat(desired).containsExactly("blue/bad");

    observe(new Observation.Gone(attempt(BAD), START, SampleJob.failure(FailureCategory.IMAGE)));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aPriorityChangeThatThrowsEndsTheWaitingJob() {
    run(FIRST);
    send(job("blue", "bad").submitted());
    submitNext();
    change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("deadlines"));
    byte[] value = send(new InboxMessage.PriorityChanged(BAD, SampleJob.origin("priority"), 7));
    observe(finished(FIRST, false));
    elapse();

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aTimerThatThrowsDoesNotHoldBackTheTimersAfterIt() {
    send(job("blue", "bad").notBefore(START.plusSeconds(10)).submitted());
    send(job("blue", "next").notBefore(START.plusSeconds(11)).submitted());
    change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("deadlines"));
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    read();

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aDeadlineOfAJobWhoseRequestCannotBeReadEndsIt() {
    run(FIRST);
    send(job("blue", "bad").deadlines(startBy(START.plusSeconds(10))).submitted());
    submitNext();
    corrupt("j/blue/bad");
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    observe(finished(FIRST, false));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aQueuedJobThatCannotBeAdmittedMakesRoomForTheNext() {
    run(FIRST);
    send(job("blue", "bad").submitted());
    submitNext();
    corrupt("j/blue/bad");
    observe(finished(FIRST, false));

    assertThat(deadLetters).isEmpty();
    assertThat(results.get("blue/first")).singleElement().satisfies(FailedDecisionsTest::succeeded);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aDependentThatCannotBeReleasedDoesNotHarmTheJobItWaitsFor() {
    InboxMessage bad = job("blue", "bad").after("first", Dependency.Condition.SUCCESS).submitted();
    ObjectNode tree = (ObjectNode) JsonCodec.toTree(bad);
    ((ObjectNode) tree.at("/job/dependsOn/0")).remove("condition");
    send(BAD.tenant(), JsonCodec.write(tree));
    run(FIRST);
    submitNext();
    observe(finished(FIRST, false));

    assertThat(deadLetters).isEmpty();
    assertThat(results.get("blue/first")).singleElement().satisfies(FailedDecisionsTest::succeeded);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aRunningJobWhoseStateCannotBeReadEndsAndLeavesNoSlotInUse() {
    run(BAD);
    submitNext();
    corrupt("s/blue/bad");
    byte[] value = observe(finished(BAD, false));
    elapse();

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aQueuedJobWhoseStateCannotBeReadLeavesTheQueue() {
    run(FIRST);
    send(job("blue", "bad").submitted());
    submitNext();
    corrupt("s/blue/bad");
    observe(finished(FIRST, false));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void anObservationFromTheYearOneIsLikeAnyOther() {
    run(FIRST);
    submitNext();
    observe(new Observation.Finished(attempt(FIRST), Instant.parse("0001-01-01T00:00:00Z"), null));

    assertThat(deadLetters).isEmpty();
    assertOthersRun();
  }

  @Test
  void aTenantWhoseRecordCannotBeReadDoesNotStopTheOthers() {
    run(FIRST);
    corrupt("t/blue");
    observe(finished(FIRST, false));

    assertThat(results.get("blue/first")).hasSize(1);
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    submitNext();
    assertOthersRun();
  }

  /**
   * One job of the same tenant and one of another start and succeed, and no job gets a result
   * twice.
   */
  private void assertOthersRun() {
    assertThat(desired).as("drivers").containsExactly("blue/next");
    observe(finished(NEXT, false));
    run(OTHER);
    observe(finished(OTHER, false));
    elapse();

    assertThat(results.get("blue/next")).singleElement().satisfies(FailedDecisionsTest::succeeded);
    assertThat(results.get("green/other"))
        .singleElement()
        .satisfies(FailedDecisionsTest::succeeded);
    assertThat(results.values()).allSatisfy(all -> assertThat(all).hasSize(1));
    assertThat(desired).isEmpty();
  }

  private static void succeeded(JsonNode result) {
    assertThat(result.at("/data/outcome").asText()).isEqualTo("SUCCEEDED");
  }

  private void assertBug(String outcome) {
    assertThat(results.get("blue/bad"))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.at("/data/outcome").asText()).isEqualTo(outcome);
          assertThat(result.at("/data/failure/reason").asText()).isEqualTo("Bug");
        });
    assertThat(registry.get("firesteel.decisions.failed").counter().count()).isPositive();
  }

  private void assertSetAside(byte[] value) {
    assertThat(deadLetters)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.value()).isEqualTo(value);
          assertThat(header(letter, "firesteel-reason-code")).isEqualTo("BUG");
          assertThat(header(letter, "firesteel-reason"))
              .contains("Internal error")
              .doesNotContain("org.example.Main");
          assertThat(header(letter, "firesteel-origin-topic")).isEqualTo(topics.inbox());
          assertThat(header(letter, "firesteel-origin-offset")).isNotNull();
        });
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private void run(JobKey key) {
    send(job(key.tenant(), key.id()).submitted());
    observe(
        new Observation.Created(attempt(key), START, "ns-blue", "pod", "uid-" + key.id(), "app"));
    observe(new Observation.Started(attempt(key), START, "node"));
  }

  private void submitNext() {
    send(job("blue", "next").submitted());
  }

  private byte[] cancel(JobKey key) {
    return send(new InboxMessage.CancelRequested(key, SampleJob.origin("cancel"), "enough"));
  }

  private static Deadlines startBy(Instant at) {
    return new Deadlines(at, null, null, null);
  }

  private Observation finished(JobKey key, boolean failed) {
    return new Observation.Finished(
        attempt(key), START, failed ? SampleJob.failure(FailureCategory.APPLICATION) : null);
  }

  private Attempt attempt(JobKey key) {
    return attempts.get(key.toString());
  }

  private byte[] observe(Observation seen) {
    return send(new InboxMessage.Observed(seen));
  }

  private byte[] send(InboxMessage message) {
    byte[] value = JsonCodec.write(message);
    send(message.tenant(), value);
    return value;
  }

  private void send(String cohort, byte[] value) {
    driver
        .createInputTopic(
            topics.inbox(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO)
        .pipeInput(cohort, value);
    read();
  }

  private void elapse() {
    driver.advanceWallClockTime(Duration.ofMillis(100));
    read();
  }

  /** Reads what the topology wrote; blue never has two drivers. */
  private void read() {
    TopologyOutput output = new TopologyOutput(driver);
    deadLetters.addAll(output.records(topics.deadLetters()));
    output
        .keyValues(topics.results())
        .forEach(record ->
            results
                .computeIfAbsent(record.key, _ -> new ArrayList<>())
                .add(JsonCodec.read(record.value, JsonNode.class)));
    output
        .keyValues(topics.drivers())
        .forEach(record -> {
          if (record.value == null) {
            desired.remove(record.key);
            stopped.remove(record.key);
          } else {
            DesiredDriver one = JsonCodec.read(record.value, DesiredDriver.class);
            attempts.put(record.key, one.attempt());
            desired.add(record.key);
            if (one.stop()) {
              stopped.add(record.key);
            }
          }
          assertThat(desired.stream().filter(key -> key.startsWith("blue/"))).hasSizeLessThan(2);
        });
  }

  private void corrupt(String key) {
    restart(key, "{\"not\":".getBytes(UTF_8));
  }

  private void change(String key, Consumer<JsonNode> change) {
    byte[] bytes = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).get(key);
    JsonNode tree = JsonCodec.read(bytes, JsonNode.class);
    change.accept(tree);
    restart(key, JsonCodec.write(tree));
  }

  /** Continues on another replica, with a record of the state replaced. */
  private void restart(String key, byte[] value) {
    Map<String, byte[]> state = new HashMap<>();
    try (var all = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).all()) {
      all.forEachRemaining(entry -> state.put(entry.key, entry.value));
    }
    assertThat(state).containsKey(key);
    state.put(key, value);
    driver.close();
    registry = new SimpleMeterRegistry();
    driver = driver();
    state.forEach(driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE)::put);
  }

  private TopologyTestDriver driver() {
    return new TopologyTestDriver(
        AdmissionTopology.build(topics, AdmissionSettings.DEFAULT, EventSchemas.ENCODER, registry),
        new Properties(),
        START);
  }
}
