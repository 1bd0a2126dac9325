package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.kafka.Topics.TopicSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicsTest {

  private static final Topics TOPICS = new Topics("eu-");

  @Test
  void putsThePrefixBeforeEveryName() {
    assertThat(TOPICS.specs()).extracting(TopicSpec::name).allMatch(name -> name.startsWith("eu-"));
  }

  @Test
  void compactsTablesAndNothingElse() {
    assertThat(TOPICS.specs())
        .filteredOn(spec -> "compact".equals(spec.settings().get("cleanup.policy")))
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrder(TOPICS.status(), TOPICS.drivers());
  }

  @Test
  void refusesATableThatWouldLoseItsRows() {
    assertThat(unfit("delete", "1048588"))
        .hasValue("topic eu-firesteel-drivers has cleanup.policy=delete and needs compact");
    assertThat(unfit("compact", "1048588")).isEmpty();
  }

  @Test
  void refusesATopicThatDoesNotTakeTheLargestRecordAndSaysHowToMendIt() {
    assertThat(unfit("compact", "1048587"))
        .hasValue(
            "topic eu-firesteel-drivers has max.message.bytes=1048587 and needs at least 1048588; raise it with kafka-configs.sh --alter --topic eu-firesteel-drivers --add-config max.message.bytes=1048588");
    assertThat(unfit("compact", "4194304")).isEmpty();
  }

  @Test
  void refusesATopicBesideTheInboxWithAnotherNumberOfPartitions() {
    assertThat(TopicSetup.partitionsError("firesteel-backlog", 3, 6))
        .hasValueSatisfying(error ->
            assertThat(error).startsWith("topic firesteel-backlog has 3 partitions and needs 6"));
    assertThat(TopicSetup.partitionsError("firesteel-backlog", 6, 6)).isEmpty();
    assertThat(TOPICS.specs())
        .filteredOn(TOPICS::besideInbox)
        .extracting(TopicSpec::name)
        .containsExactly(TOPICS.observations(), TOPICS.backlog());
  }

  @Test
  void refusesATopicOfOthersWhoseBatchesUnpackToAnySize() {
    Map<String, String> settings =
        Map.of(
            "cleanup.policy", "delete", "max.message.bytes", "1048588", "compression.type", "lz4");

    assertThat(
            TopicSetup.validationError(
                TOPICS.inbound("eu-spark-job-requests.acme"),
                0,
                name -> settings.getOrDefault(name, "")))
        .hasValueSatisfying(error ->
            assertThat(error)
                .startsWith(
                    "topic eu-spark-job-requests.acme has compression.type=lz4 and needs uncompressed")
                .endsWith("--add-config compression.type=uncompressed"));
    assertThat(TOPICS.isTenantsOwn("eu-spark-job-requests.acme")).isTrue();
    assertThat(TOPICS.isTenantsOwn("eu-spark-job-requests")).isFalse();
  }

  @Test
  void leavesTheSizeOfRequestsToThoseWhoSendThem() {
    assertThat(TOPICS.specs())
        .filteredOn(TOPICS::inbound)
        .extracting(TopicSpec::name)
        .containsExactly(TOPICS.requests(), TOPICS.blobEvents());
  }

  private static Optional<String> unfit(String cleanup, String bytes) {
    TopicSpec drivers =
        TOPICS.specs().stream()
            .filter(spec -> spec.name().equals(TOPICS.drivers()))
            .findFirst()
            .orElseThrow();
    return TopicSetup.validationError(
        drivers,
        Topics.LARGEST_RECORD,
        setting -> setting.equals("cleanup.policy") ? cleanup : bytes);
  }
}
