package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.kafka.Topics.TopicSpec;
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
        .containsExactlyInAnyOrder(TOPICS.status(), TOPICS.drivers(), TOPICS.tenants());
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
