package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.kafka.TopicChecks.DescribedTopic;
import io.firesteel.kafka.TopicChecks.Finding;
import io.firesteel.kafka.Topics.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicChecksTest {

  private static final Topics TOPICS = new Topics("");
  private static final TopicChecks CHECKS =
      new TopicChecks(
          TOPICS, Duration.ofDays(7), Duration.ofHours(12), new KafkaCommands("kafka:9092"));

  @Test
  void theTopicsThatTheWorkerCreatesAreSuitable() {
    assertThat(CHECKS.check(asCreated(), 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "firesteel-drivers, cleanup.policy, delete, compact",
    "firesteel-drivers, cleanup.policy, 'compact,delete', compact",
    "spark-job-status, cleanup.policy, delete, compact",
    "spark-job-requests, cleanup.policy, compact, delete",
    "firesteel-inbox, cleanup.policy, 'compact,delete', delete",
    "firesteel-admission-admission-changelog, cleanup.policy, delete, compact",
    "firesteel-inbox, retention.ms, 3600000, at least 86400000",
    "firesteel-inbox, retention.bytes, 1073741824, -1",
    "firesteel-drivers, delete.retention.ms, 43200000, at least 86400000",
    "firesteel-admission-admission-changelog, delete.retention.ms, 1000, at least 86400000",
    "firesteel-drivers, max.message.bytes, 1048587, at least 1048588",
    "spark-job-events, max.message.bytes, 1000, at least 1048588",
    "spark-job-requests, compression.type, lz4, uncompressed",
    "spark-blob-events, compression.type, producer, uncompressed",
    "firesteel-backlog, retention.ms, 3600000, at least 86400000",
  })
  void aTopicThatLosesJobsOrRunsThemTwiceStopsTheStart(
      String topic, String setting, String value, String needed) {
    assertThat(withSetting(topic, setting, value))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.stops()).isTrue();
          assertThat(finding.text())
              .startsWith(
                  "topic %s has %s=%s and needs %s, ".formatted(topic, setting, value, needed))
              .endsWith(
                  ": kafka-configs.sh --bootstrap-server kafka:9092 --alter --topic %s --add-config %s=%s"
                      .formatted(topic, setting, needed.replace("at least ", "")));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "spark-job-requests, retention.ms, 604800001, at most 604800000",
    "spark-job-requests, retention.ms, -1, at most 604800000",
    "spark-job-requests.acme, retention.ms, 604800001, at most 604800000",
    "spark-blob-events, retention.ms, 604800001, at most 604800000",
    "firesteel-inbox, retention.ms, 604800001, at most 604800000",
    "spark-job-requests, retention.ms, 3600000, at least 86400000",
    "spark-job-requests, retention.bytes, 1073741824, -1",
    "spark-job-requests.acme, cleanup.policy, compact, delete",
    "spark-job-requests.acme, compression.type, lz4, uncompressed",
  })
  void aTopicThatEndangersJobsOnlyInAnOutageIsAWarning(
      String topic, String setting, String value, String needed) {
    assertThat(withSetting(topic, setting, value))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.stops()).isFalse();
          assertThat(finding.text())
              .startsWith(
                  "topic %s has %s=%s and needs %s, ".formatted(topic, setting, value, needed));
        });
  }

  @Test
  void aRetentionLongerThanTheMemoryOfJobsIsExplained() {
    assertThat(withSetting("spark-job-requests", "retention.ms", "1209600000"))
        .extracting(Finding::text)
        .containsExactly(
            "topic spark-job-requests has retention.ms=1209600000 and needs at most 604800000, which is"
                + " firesteel.admission.retention: if the consumer group's offsets are lost, jobs that"
                + " Firesteel has forgotten run again: kafka-configs.sh --bootstrap-server kafka:9092"
                + " --alter --topic spark-job-requests --add-config retention.ms=604800000");
  }

  @Test
  void leavesTheSizeOfRequestsToThoseWhoSendThem() {
    assertThat(withSetting("spark-job-requests", "max.message.bytes", "1000")).isEmpty();
    assertThat(withSetting("spark-blob-events", "max.message.bytes", "1000")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12, 6, 6, firesteel-inbox", "6, 12, 6, firesteel-drivers"})
  void aChangedNumberOfPartitionsStopsTheStart(
      int inbox, int drivers, int changelog, String wrong) {
    Map<String, DescribedTopic> found = asCreated();
    found.replaceAll((name, topic) ->
        name.equals(TOPICS.inbox())
            ? topic(name, inbox, 3, topic.settings())
            : name.equals(TOPICS.drivers())
                ? topic(name, drivers, 3, topic.settings())
                : topic(name, changelog, 3, topic.settings()));
    assertThat(CHECKS.check(found, 3))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.stops()).isTrue();
          assertThat(finding.text())
              .startsWith("topic " + wrong + " has 12 partitions and needs 6, ")
              .contains("kafka-topics.sh --bootstrap-server kafka:9092 --delete --topic " + wrong)
              .contains("--create --topic " + wrong + " --partitions 6 --config cleanup.policy=");
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 3, 1", "2, 2, 3, 1", "3, 1, 3, 1", "3, 2, 3, 0", "2, 1, 3, 0", "1, 1, 1, 0"})
  void warnsOnceOfReplicasThatDoNotSurviveABroker(
      int replicas, String inSync, int brokers, int warnings) {
    Map<String, DescribedTopic> found = asCreated();
    found.replaceAll((name, topic) ->
        topic(name, 6, replicas, with(topic.settings(), "min.insync.replicas", inSync)));
    assertThat(CHECKS.check(found, brokers)).hasSize(warnings).noneMatch(Finding::stops);
  }

  private static List<Finding> withSetting(String topic, String setting, String value) {
    Map<String, DescribedTopic> found = asCreated();
    found.computeIfPresent(
        topic, (name, known) -> topic(name, 6, 3, with(known.settings(), setting, value)));
    return CHECKS.check(found, 3);
  }

  private static Map<String, DescribedTopic> asCreated() {
    Map<String, DescribedTopic> topics = new HashMap<>();
    Stream.concat(TOPICS.specs().stream(), Stream.of(TOPICS.admissionChangelog()))
        .forEach(spec -> topics.put(spec.name(), created(spec)));
    topics.put("spark-job-requests.acme", created(TOPICS.inbound("spark-job-requests.acme")));
    return topics;
  }

  private static DescribedTopic created(TopicSpec spec) {
    Map<String, String> settings = brokerSettings();
    settings.putAll(spec.settings());
    return topic(spec.name(), 6, 3, settings);
  }

  private static DescribedTopic topic(
      String name, int partitions, int replicas, Map<String, String> settings) {
    return new DescribedTopic(name, partitions, replicas, settings);
  }

  private static Map<String, String> with(
      Map<String, String> settings, String setting, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(setting, value);
    return changed;
  }

  private static Map<String, String> brokerSettings() {
    return new HashMap<>(
        Map.of(
            "cleanup.policy",
            "delete",
            "max.message.bytes",
            "1048588",
            "retention.ms",
            "604800000",
            "retention.bytes",
            "-1",
            "delete.retention.ms",
            "86400000",
            "min.insync.replicas",
            "2"));
  }
}
