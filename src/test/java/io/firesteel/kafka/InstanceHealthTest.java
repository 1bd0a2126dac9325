package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class InstanceHealthTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          RUNNING,          true,  true,  RUNNING
          RUNNING,          false, false, 'RUNNING, disconnected'
          REBALANCING,      true,  false, REBALANCING
          CREATED,          false, false, 'CREATED, disconnected'
          ERROR,            true,  false, ERROR
          """)
  void isReadyWhenItRunsAndHasABroker(
      State state, boolean connected, boolean ready, String inAWord) {
    InstanceHealth health = new InstanceHealth("app", state, connected);

    assertThat(health.ready()).isEqualTo(ready);
    assertThat(health.summary()).isEqualTo(inAWord);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void livesUntilItHasEndedWhetherOrNotABrokerIsThere(State state) {
    boolean ended = EnumSet.of(State.NOT_RUNNING, State.ERROR).contains(state);

    assertThat(new InstanceHealth("app", state, true).alive()).isEqualTo(!ended);
    assertThat(new InstanceHealth("app", state, false).alive()).isEqualTo(!ended);
  }
}
