package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.kafka.Topics.TopicSpec;
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
        .containsExactlyInAnyOrder(
            TOPICS.status(),
            TOPICS.scheduleStatus(),
            TOPICS.tenantStatus(),
            TOPICS.workflowStatus(),
            TOPICS.drivers(),
            TOPICS.tenants());
  }

  @Test
  void leavesTheSizeOfRequestsToThoseWhoSendThem() {
    assertThat(TOPICS.specs())
        .filteredOn(TOPICS::inbound)
        .extracting(TopicSpec::name)
        .containsExactly(TOPICS.requests(), TOPICS.blobEvents());
  }
}
