package io.firesteel.cluster.controller;

import static io.firesteel.cluster.reconcile.SamplePods.FIRST;
import static io.firesteel.cluster.reconcile.SamplePods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What becomes of observations that Kafka does not accept at once. */
final class InboxReporterTest {

  private static final Attempt OTHER = new Attempt(new JobKey("acme", "other"), 7, 1);
  private static final RuntimeException DENIED = new TopicAuthorizationException("inbox");

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Duration> delays = new ArrayList<>();
  private final Queue<Runnable> scheduled = new ArrayDeque<>();
  private final InboxReporter inbox =
      new InboxReporter(
          new ClusterProducer(
              kafka,
              registry,
              delay -> {
                delays.add(delay);
                return scheduled::add;
              }),
          "inbox");

  @Test
  void sendsARefusedObservationAgainUntilKafkaAcceptsIt() {
    report(started(FIRST));
    kafka.errorNext(DENIED);
    runScheduled();
    kafka.errorNext(DENIED);
    runScheduled();

    assertThat(delays).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(refused()).isEqualTo(1);

    kafka.completeNext();

    assertThat(sent()).containsExactly(started(FIRST), started(FIRST), started(FIRST));
    assertThat(scheduled).isEmpty();
    assertThat(refused()).isZero();
  }

  @Test
  void keepsTheOrderOfOneJobAndHoldsUpNoOther() {
    report(started(FIRST));
    report(finished(FIRST));
    report(started(OTHER));
    kafka.errorNext(DENIED);
    kafka.completeNext();
    runScheduled();
    kafka.completeNext();
    runScheduled();

    assertThat(sent())
        .containsExactly(started(FIRST), started(OTHER), started(FIRST), finished(FIRST));
  }

  @Test
  void sendsWhatFitsOfAnObservationThatIsTooLarge() {
    Failure failure =
        new Failure(FailureCategory.APPLICATION, true, 1, "Error", "m".repeat(9_000), "the log");
    report(new Observation.Finished(FIRST, NOON, failure));
    kafka.errorNext(new RecordTooLargeException());
    runScheduled();
    kafka.completeNext();

    assertThat(sent())
        .last()
        .isInstanceOf(Observation.Finished.class)
        .extracting(end -> ((Observation.Finished) end).failure())
        .satisfies(cut -> {
          assertThat(cut)
              .extracting("reason", "exitCode", "logTail")
              .containsExactly("Error", 1, null);
          assertThat(cut).extracting("message").asString().startsWith("mmm").hasSizeLessThan(1_100);
        });
    assertThat(refused()).isZero();
  }

  @Test
  void keepsOnlyTheLatestCountOfExecutorsWhileKafkaAcceptsNone() {
    report(started(FIRST));
    report(counted(1));
    report(counted(2));
    Observation named = named(3);
    report(named);
    report(counted(4));
    for (int i = 0; i < 3; i++) {
      kafka.completeNext();
      runScheduled();
    }

    assertThat(sent()).containsExactly(started(FIRST), named, counted(4));
  }

  @Test
  void keepsABoundedNumberOfObservationsOfAJobWhileKafkaAcceptsNone() {
    report(pending("Unschedulable"));
    for (int i = 0; i < 1000; i++) {
      report(pending("reason " + i));
    }
    report(started(FIRST));
    for (int i = 0; i < 1000; i++) {
      report(named(i));
    }
    report(finished(FIRST));
    kafka.completeNext();
    for (int i = 0; i < 2 * InboxReporter.MAX_WAITING; i++) {
      runScheduled();
      kafka.completeNext();
    }

    assertThat(sent())
        .hasSizeLessThanOrEqualTo(InboxReporter.MAX_WAITING + 4)
        .startsWith(pending("Unschedulable"), pending("reason 0"))
        .containsSubsequence(pending("reason 999"), started(FIRST), named(999), finished(FIRST));
  }

  @Test
  void aClosedProducerDoesNotTryAgain() {
    ClusterProducer producer =
        new ClusterProducer(kafka, new SimpleMeterRegistry(), _ -> scheduled::add);
    new InboxReporter(producer, "inbox").send(new Report("acme", started(FIRST)));
    kafka.errorNext(DENIED);
    producer.close();
    runScheduled();

    assertThat(sent()).hasSize(1);
    assertThat(scheduled).isEmpty();
  }

  private static Observation pending(String reason) {
    return new Observation.Pending(FIRST, NOON, reason, null);
  }

  private static Observation named(int running) {
    return new Observation.ExecutorsCounted(
        FIRST,
        NOON,
        running,
        running,
        List.of(new ExecutorPod("exec-1", ExecutorPod.State.RUNNING, null, null)));
  }

  private void report(Observation observation) {
    inbox.send(new Report("acme", observation));
  }

  private void runScheduled() {
    for (int left = scheduled.size(); left > 0; left--) {
      scheduled.remove().run();
    }
  }

  private double refused() {
    return registry.get(ClusterProducer.REFUSED).gauge().value();
  }

  private List<Observation> sent() {
    return kafka.history().stream()
        .map(record -> JsonCodec.read(record.value(), InboxMessage.Observed.class))
        .map(InboxMessage.Observed::observation)
        .toList();
  }

  private static Observation started(Attempt attempt) {
    return new Observation.Started(attempt, NOON, "node");
  }

  private static Observation finished(Attempt attempt) {
    return new Observation.Finished(attempt, NOON, null);
  }

  private static Observation counted(int running) {
    return new Observation.ExecutorsCounted(FIRST, NOON, running, running, List.of());
  }
}
