package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.schedule.core.ScheduleMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulePublisherTest {

  private static final Definitions WITH = SampleDefinitions.examples();
  private static final Definitions WITHOUT = SampleMessages.definitions();

  @Test
  void publishesAllSchedulesAtStartAndEachTenantsList() {
    List<ScheduleMessage> messages = SchedulePublisher.messages(null, WITH);

    assertThat(messages).filteredOn(ScheduleMessage.Defined.class::isInstance).hasSize(1);
    assertThat(messages)
        .contains(
            new ScheduleMessage.Listed("sales", List.of("nightly-totals")),
            new ScheduleMessage.Listed("risk", List.of()));
  }

  @Test
  void publishesNothingForAChangeOfSomethingElse() {
    assertThat(SchedulePublisher.messages(WITH, WITH)).isEmpty();
  }

  @Test
  void publishesThatAScheduleWasRemoved() {
    assertThat(SchedulePublisher.messages(WITH, WITHOUT))
        .containsExactly(new ScheduleMessage.Listed("sales", List.of()));
  }
}
