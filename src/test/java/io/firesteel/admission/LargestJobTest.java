package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.Origin;
import io.firesteel.job.Placement;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.RetryPolicy;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.kafka.TopologyOutput;
import io.firesteel.local.verify.EventSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The largest job that intake lets through makes no record that Kafka does not take by default. */
final class LargestJobTest {

  /** JSON writes it with twelve bytes, more than anything else that an id may hold. */
  private static final String WIDE = "😀";

  private final Topics topics = new Topics("");
  private TopologyTestDriver driver = driver(CloudEventEncoder.ContentMode.STRUCTURED);

  @AfterEach
  void close() {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(CloudEventEncoder.ContentMode.class)
  void everythingAboutTheLargestJobFits(CloudEventEncoder.ContentMode contentMode) {
    driver.close();
    driver = driver(contentMode);
    Job waits = job(WIDE.repeat(252) + "1", dependencies());
    Job runs = job(WIDE.repeat(252) + "2", List.of());
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(new InboxMessage.JobSubmitted(waits));
    send(new InboxMessage.JobSubmitted(runs));
    var attempt = new Attempt(runs.key(), START.toEpochMilli(), 1);
    String name = "n".repeat(253);
    observe(new Observation.Created(attempt, START, "n".repeat(63), name, name, "n".repeat(63)));
    observe(new Observation.Pending(attempt, START, "Scheduled", garbage()));
    observe(new Observation.Started(attempt, START, name));
    assertStoreFits();
    observe(new Observation.Finished(attempt, START, failure()));
    send(new InboxMessage.CancelRequested(waits.key(), origin(), garbage().substring(0, 1024)));
    assertStoreFits();

    for (String topic :
        List.of(topics.drivers(), topics.events(), topics.results(), topics.status())) {
      var records = new TopologyOutput(driver).records(topic);
      assertThat(records).isNotEmpty();
      assertThat(records)
          .allSatisfy(
              record -> assertFits(record.key(), record.value(), record.headers().toArray()));
    }
  }

  @Test
  void aJobThatIsTooLargeForTheInboxIsRefusedAndTheNextOneIsDecided() {
    Job job = job("1", List.of());
    send(new InboxMessage.TenantDefined(SampleJob.limits("blue", 1)));
    send(new InboxMessage.JobSubmitted(withSpec(job, "x".repeat(InboxMessage.MAX_BYTES))));
    send(SampleJob.job("blue", "2").submitted());

    assertThat(new TopologyOutput(driver).types(topics.events()))
        .containsExactly(
            "io.firesteel.job.refused.v1",
            "io.firesteel.job.accepted.v1",
            "io.firesteel.job.admitted.v1");
  }

  @Test
  void aRecordThatIsTooLargeForADeadLetterIsCut() {
    inbox().pipeInput("blue", "x".repeat(5 << 20).getBytes(UTF_8));

    assertThat(new TopologyOutput(driver).records(topics.deadLetters()))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.value()).hasSize(64 << 10);
          assertThat(letter.headers().lastHeader("firesteel-cut-from-bytes").value())
              .asString(UTF_8)
              .isEqualTo("5242880");
        });
  }

  /** As intake bounds it, filled up to the limit. */
  private static Job job(String id, List<Dependency> dependencies) {
    Job bare =
        new Job(
            new JobKey("blue", id),
            "blue",
            origin(),
            new Placement("ns-blue", "spark", null),
            0,
            null,
            Deadlines.NONE,
            dependencies,
            RetryPolicy.NEVER,
            IntStream.range(0, 64)
                .boxed()
                .collect(Collectors.toMap(LargestJobTest::label, _ -> "v".repeat(63))),
            JsonNodeFactory.instance.objectNode(),
            "t".repeat(63),
            null,
            List.of());
    int room =
        InboxMessage.MAX_BYTES
            - JsonCodec.write(new InboxMessage.JobSubmitted(withSpec(bare, ""))).length;
    return withSpec(bare, "x".repeat(room));
  }

  private static Job withSpec(Job job, String note) {
    return new Job(
        job.key(),
        job.cohort(),
        job.origin(),
        job.placement(),
        job.priority(),
        job.notBefore(),
        job.deadlines(),
        job.dependsOn(),
        job.retry(),
        job.labels(),
        JsonNodeFactory.instance.objectNode().put("note", note),
        job.trigger(),
        job.version(),
        job.warnings());
  }

  private static String label(int number) {
    return "a".repeat(253) + "/" + "b".repeat(60) + number;
  }

  private static List<Dependency> dependencies() {
    return IntStream.range(0, 100)
        .mapToObj(i ->
            new Dependency("%03d".formatted(i) + WIDE.repeat(125), Dependency.Condition.SUCCESS))
        .toList();
  }

  private static Origin origin() {
    String name = WIDE.repeat(512);
    return new Origin(
        "/s",
        name,
        START,
        name,
        null,
        JsonNodeFactory.instance.textNode("x".repeat((64 << 10) - 2)),
        new RecordPosition("t".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE));
  }

  private static String garbage() {
    return "\u0001".repeat(1 << 20);
  }

  private static Failure failure() {
    return new Failure(FailureCategory.APPLICATION, false, 1, garbage(), garbage(), garbage());
  }

  private void assertStoreFits() {
    try (var all = driver.<String, byte[]>getKeyValueStore(AdmissionProcessor.STORE).all()) {
      all.forEachRemaining(entry ->
          assertFits(entry.key.getBytes(UTF_8), entry.value, new RecordHeaders().toArray()));
    }
  }

  private static void assertFits(byte[] key, byte[] value, Header[] headers) {
    assertThat(
            AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.LZ4, key, value, headers))
        .isLessThan(Topics.LARGEST_RECORD);
  }

  private void send(InboxMessage message) {
    inbox().pipeInput("blue", JsonCodec.write(message));
  }

  private void observe(Observation seen) {
    send(new InboxMessage.Observed(seen));
  }

  private TestInputTopic<String, byte[]> inbox() {
    return driver.createInputTopic(
        topics.inbox(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO);
  }

  private TopologyTestDriver driver(CloudEventEncoder.ContentMode contentMode) {
    return new TopologyTestDriver(
        AdmissionTopology.build(
            topics,
            AdmissionSettings.DEFAULT,
            new CloudEventEncoder(EventSchemas.ENCODER.source(), contentMode),
            new TenantCollector(new SimpleMeterRegistry(), InstantSource.system())),
        new Properties(),
        START);
  }
}
