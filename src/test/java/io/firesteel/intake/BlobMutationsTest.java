package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.decision.BlobSamples;
import io.firesteel.intake.decision.Decision;
import io.firesteel.job.Job;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import io.firesteel.schema.Mutations;
import io.firesteel.trigger.Notification;
import io.firesteel.trigger.NotificationReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged notifications, a hundred of each sample, the same ones every time. */
final class BlobMutationsTest {

  private static final int MUTATIONS = 100;
  private static final int LEAST = 1000;

  /**
   * A sample and the rules that it passes.
   *
   * @param jobs how many it starts as it is
   */
  record Case(
      String file, String bucket, String prefix, String suffix, int jobs, Definitions rules) {

    Case(String file, String bucket, String prefix, String suffix, int jobs) {
      this(
          file,
          bucket,
          prefix,
          suffix,
          jobs,
          BlobSamples.filtered(
              "bucket: '%s', prefix: '%s', suffix: '%s', minimumSize: %d"
                  .formatted(bucket, prefix, suffix, LEAST)));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("azure-event-grid.json", "test-container", "new", ".txt", 1),
        new Case("azure-cloudevent.json", "test-container", "new", ".txt", 1),
        new Case("azure-data-lake.json", "my-file-system", "new", ".txt", 1),
        new Case("azure-data-lake-create.json", "my-file-system", "new", ".txt", 0),
        new Case("s3.json", "mybucket", "Happy", ".jpg", 1),
        new Case("s3-test-event.json", "bucketname", "a", "b", 0),
        new Case("s3-eventbridge.json", "mxcd-magic-star-691-in", "raw/", ".zip", 1),
        new Case("minio.json", "images", "my", ".jpg", 1),
        new Case("gcs-pubsub.json", "aou-rdr-sandbox-mock-data", "AW1", ".csv", 0),
        new Case("gcs-push.json", "sandbox-mock-data", "sample", ".csv", 1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void startsWhatItShouldAsItIs(Case sample) {
    assertThat(BlobSamples.decide(BlobSamples.sample(sample.file), sample.rules))
        .filteredOn(decision -> !(decision instanceof Decision.Ignore))
        .hasSize(sample.jobs);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverStopsTheWorker(Case sample) {
    mutations(sample)
        .forEach(damaged ->
            assertThat(records(damaged, sample.rules))
                .noneSatisfy(record -> assertThat(code(record)).isEqualTo("BUG")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverLosesTheMessage(Case sample) {
    mutations(sample)
        .filter(damaged -> records(damaged, sample.rules).isEmpty())
        .forEach(damaged ->
            assertThat(notices(damaged))
                .as(new String(damaged, UTF_8))
                .isNotEmpty()
                .allMatch(notification -> saysNothingToDo(notification, sample)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverStartsAJobThatTheRulesWouldNot(Case sample) {
    mutations(sample)
        .forEach(damaged ->
            BlobSamples.decide(BlobSamples.message(damaged), sample.rules).stream()
                .filter(Decision.Accept.class::isInstance)
                .map(BlobSamples::job)
                .forEach(job -> assertFollows(job, sample, new String(damaged, UTF_8))));
  }

  /** A test whose mutations all end as dead letters would show little. */
  @ParameterizedTest
  @CsvSource({"s3.json", "minio.json", "azure-event-grid.json", "s3-eventbridge.json"})
  void someOfTheDamagedStillStartTheirJob(String file) {
    Case sample = cases().filter(c -> c.file.equals(file)).findFirst().orElseThrow();

    assertThat(
            mutations(sample)
                .filter(damaged ->
                    BlobSamples.decide(BlobSamples.message(damaged), sample.rules).stream()
                        .anyMatch(Decision.Accept.class::isInstance))
                .count())
        .isBetween(10L, 90L);
  }

  private static void assertFollows(Job job, Case sample, String message) {
    JsonNode spec = job.spec();
    List<JsonNode> arguments = spec.get("arguments").valueStream().toList();
    assertThat(arguments).hasSize(5);
    assertThat(arguments.get(0).asText()).isEqualTo(sample.bucket);
    assertThat(arguments.get(1).asText()).startsWith(sample.prefix).endsWith(sample.suffix);
    assertThat(arguments.get(2).asText()).endsWith(arguments.get(1).asText());
    assertThat(arguments.get(3).asLong()).isGreaterThanOrEqualTo(LEAST);
    assertThat(message).contains(sample.bucket);
    assertThat(job.key().tenant()).isEqualTo("sales");
    assertThat(spec.get("mainClass").asText()).isEqualTo("com.example.Load");
    assertThat(spec.get("image").asText()).isEqualTo("spark:4.1.1");
  }

  private static boolean saysNothingToDo(Notification notification, Case sample) {
    return switch (notification) {
      case Notification.Ignored _ -> true;
      case Notification.MalformedNotification _ -> false;
      case Notification.NewObject(var arrival) ->
          !arrival.bucket().equals(sample.bucket)
              || !arrival.key().startsWith(sample.prefix)
              || !arrival.key().endsWith(sample.suffix)
              || arrival.size() == null
              || arrival.size() < LEAST;
    };
  }

  private static List<Notification> notices(byte[] damaged) {
    try {
      return NotificationReader.read(StrictJson.read(damaged), Map.of());
    } catch (InvalidJsonException e) {
      throw new AssertionError("an unreadable message must not vanish", e);
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> records(byte[] value, Definitions rules) {
    return SampleMessages.records(
        BlobSamples.message(value), message -> BlobSamples.decide(message, rules));
  }

  private static String code(ProducerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader("firesteel-reason-code");
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** Half of them damaged as bytes, half as JSON. */
  private static Stream<byte[]> mutations(Case sample) {
    byte[] whole = BlobSamples.bytes(sample.file);
    JsonNode json = BlobSamples.sample(sample.file);
    return IntStream.range(0, MUTATIONS)
        .mapToObj(seed ->
            seed % 2 == 0
                ? new Mutations(seed).mutate(whole)
                : new Mutations(seed).mutate(json).toString().getBytes(UTF_8));
  }
}
