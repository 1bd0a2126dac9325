package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static io.firesteel.admission.core.SampleJob.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import java.time.Duration;
import java.time.Instant;
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

  private static final Duration TICK = Duration.ofMillis(100);

  private final DamagedTopology topology = new DamagedTopology();

  @BeforeEach
  void defineTenants() {
    topology.send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    topology.send(new InboxMessage.TenantDefined(SampleJob.limits("green", 1)));
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void aSubmissionThatThrowsIsRefusedAsABug() {
    InboxMessage bad = job("blue", "bad").after("first", Dependency.Condition.SUCCESS).submitted();
    ObjectNode tree = (ObjectNode) JsonCodec.toTree(bad);
    ((ObjectNode) tree.at("/job/dependsOn/0")).remove("jobId");
    byte[] value = JsonCodec.write(tree);
    topology.send(BAD.tenant(), value);
    topology.send(job("blue", "next").submitted());

    assertSetAside(value);
    assertBug("REFUSED");
    assertOthersRun();
  }

  @Test
  void anObservationThatThrowsEndsTheJobAndFreesItsSlot() {
    topology.run(BAD);
    topology.submitNext();
    topology.change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("retry"));
    byte[] value = topology.observe(topology.finished(BAD, true));
    topology.elapse(TICK);

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aCancellationThatThrowsStopsTheDriverAndKeepsTheSlotUntilItIsGone() {
    topology.run(BAD);
    topology.submitNext();
    topology.corrupt("j/blue/bad");
    byte[] value = topology.cancel(BAD);
    topology.elapse(TICK);

    assertSetAside(value);
    assertThat(topology.results).isEmpty();
    assertThat(topology.stopped).containsExactly("blue/bad");
    assertThat(topology.desired).containsExactly("blue/bad");

    topology.observe(
        new Observation.Gone(
            topology.attempt(BAD), START, SampleJob.failure(FailureCategory.IMAGE)));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aPriorityChangeThatThrowsEndsTheWaitingJob() {
    topology.run(FIRST);
    topology.send(job("blue", "bad").submitted());
    topology.submitNext();
    topology.change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("deadlines"));
    byte[] value =
        topology.send(new InboxMessage.PriorityChanged(BAD, SampleJob.origin("priority"), 7));
    topology.observe(topology.finished(FIRST, false));
    topology.elapse(TICK);

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aTimerThatThrowsDoesNotHoldBackTheTimersAfterIt() {
    topology.send(job("blue", "bad").notBefore(START.plusSeconds(10)).submitted());
    topology.send(job("blue", "next").notBefore(START.plusSeconds(11)).submitted());
    topology.change("s/blue/bad", job -> ((ObjectNode) job.path("head")).remove("deadlines"));
    topology.elapse(Duration.ofSeconds(20));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aDeadlineOfAJobWhoseRequestCannotBeReadEndsIt() {
    topology.run(FIRST);
    topology.send(job("blue", "bad").deadlines(startBy(START.plusSeconds(10))).submitted());
    topology.submitNext();
    topology.corrupt("j/blue/bad");
    topology.elapse(Duration.ofSeconds(20));
    topology.observe(topology.finished(FIRST, false));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aQueuedJobThatCannotBeAdmittedMakesRoomForTheNext() {
    topology.run(FIRST);
    topology.send(job("blue", "bad").submitted());
    topology.submitNext();
    topology.corrupt("j/blue/bad");
    topology.observe(topology.finished(FIRST, false));

    assertThat(topology.deadLetters).isEmpty();
    assertThat(topology.results.get("blue/first"))
        .singleElement()
        .satisfies(FailedDecisionsTest::succeeded);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aDependentThatCannotBeReleasedDoesNotHarmTheJobItWaitsFor() {
    InboxMessage bad = job("blue", "bad").after("first", Dependency.Condition.SUCCESS).submitted();
    ObjectNode tree = (ObjectNode) JsonCodec.toTree(bad);
    ((ObjectNode) tree.at("/job/dependsOn/0")).remove("condition");
    topology.send(BAD.tenant(), JsonCodec.write(tree));
    topology.run(FIRST);
    topology.submitNext();
    topology.observe(topology.finished(FIRST, false));

    assertThat(topology.deadLetters).isEmpty();
    assertThat(topology.results.get("blue/first"))
        .singleElement()
        .satisfies(FailedDecisionsTest::succeeded);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aRunningJobWhoseStateCannotBeReadEndsAndLeavesNoSlotInUse() {
    topology.run(BAD);
    topology.submitNext();
    topology.corrupt("s/blue/bad");
    byte[] value = topology.observe(topology.finished(BAD, false));
    topology.elapse(TICK);

    assertSetAside(value);
    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void aQueuedJobWhoseStateCannotBeReadLeavesTheQueue() {
    topology.run(FIRST);
    topology.send(job("blue", "bad").submitted());
    topology.submitNext();
    topology.corrupt("s/blue/bad");
    topology.observe(topology.finished(FIRST, false));

    assertBug("FAILED");
    assertOthersRun();
  }

  @Test
  void anObservationFromTheYearOneIsLikeAnyOther() {
    topology.run(FIRST);
    topology.submitNext();
    topology.observe(
        new Observation.Finished(
            topology.attempt(FIRST), Instant.parse("0001-01-01T00:00:00Z"), null));

    assertThat(topology.deadLetters).isEmpty();
    assertOthersRun();
  }

  @Test
  void aTenantWhoseRecordCannotBeReadDoesNotStopTheOthers() {
    topology.run(FIRST);
    topology.corrupt("t/blue");
    topology.observe(topology.finished(FIRST, false));

    assertThat(topology.results.get("blue/first")).hasSize(1);
    topology.send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    topology.submitNext();
    assertOthersRun();
  }

  /**
   * One job of the same tenant and one of another start and succeed, and no job gets a result
   * twice.
   */
  private void assertOthersRun() {
    assertThat(topology.desired).as("drivers").containsExactly("blue/next");
    topology.observe(topology.finished(NEXT, false));
    topology.run(OTHER);
    topology.observe(topology.finished(OTHER, false));
    topology.elapse(TICK);

    assertThat(topology.results.get("blue/next"))
        .singleElement()
        .satisfies(FailedDecisionsTest::succeeded);
    assertThat(topology.results.get("green/other"))
        .singleElement()
        .satisfies(FailedDecisionsTest::succeeded);
    assertThat(topology.results.values()).allSatisfy(all -> assertThat(all).hasSize(1));
    assertThat(topology.desired).isEmpty();
  }

  private static void succeeded(JsonNode result) {
    assertThat(result.at("/data/outcome").asText()).isEqualTo("SUCCEEDED");
  }

  private void assertBug(String outcome) {
    assertThat(topology.results.get("blue/bad"))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.at("/data/outcome").asText()).isEqualTo(outcome);
          assertThat(result.at("/data/failure/reason").asText()).isEqualTo("Bug");
        });
    assertThat(topology.registry.get("firesteel.decisions.failed").counter().count()).isPositive();
  }

  private void assertSetAside(byte[] value) {
    assertThat(topology.deadLetters)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.value()).isEqualTo(value);
          assertThat(header(letter, "firesteel-reason-code")).isEqualTo("BUG");
          assertThat(header(letter, "firesteel-reason"))
              .contains("Internal error")
              .doesNotContain("org.example.Main");
          assertThat(header(letter, "firesteel-origin-topic")).isEqualTo("firesteel-inbox");
          assertThat(header(letter, "firesteel-origin-offset")).isNotNull();
        });
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private static Deadlines startBy(Instant at) {
    return new Deadlines(at, null, null, null);
  }
}
