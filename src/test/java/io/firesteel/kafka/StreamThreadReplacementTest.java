package io.firesteel.kafka;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamThreadReplacementTest {

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final List<Duration> pauses = new ArrayList<>();
  private final StreamThreadReplacement replacement =
      new StreamThreadReplacement("app", () -> now, pauses::add);

  @Test
  void replacesAThreadThatDies() {
    assertThat(replacement.handle(new IllegalStateException("broken"))).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void givesUpWhenThreadsKeepDying() {
    for (int i = 0; i < 3; i++) {
      replacement.handle(new IllegalStateException("broken"));
    }

    assertThat(replacement.handle(new IllegalStateException("broken"))).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void stopsTheInstanceWhenTheGlobalThreadDies() throws InterruptedException {
    List<Object> answers = new ArrayList<>();
    Thread global =
        Thread.ofPlatform()
            .name("replica-1" + StreamThreadReplacement.GLOBAL_THREAD)
            .start(() -> answers.add(replacement.handle(new IllegalStateException("broken"))));
    global.join();

    assertThat(answers).containsExactly(SHUTDOWN_CLIENT);
  }

  @Test
  void forgetsDeathsOfLongAgo() {
    for (int i = 0; i < 3; i++) {
      replacement.handle(new IllegalStateException("broken"));
    }
    now = now.plusSeconds(301);

    assertThat(replacement.handle(new IllegalStateException("broken"))).isEqualTo(REPLACE_THREAD);
  }

  static List<Throwable> outages() {
    return List.of(
        new StreamsException("task timed out", new TimeoutException("no broker")),
        new StreamsException(new TopicAuthorizationException("firesteel-inbox")));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void neverGivesUpOverAnOutageAndTakesItsTime(Throwable outage) {
    for (int i = 0; i < 5; i++) {
      assertThat(replacement.handle(outage)).isEqualTo(REPLACE_THREAD);
    }

    assertThat(pauses).hasSize(5).allMatch(Duration::isPositive);
    assertThat(replacement.handle(new IllegalStateException("broken"))).isEqualTo(REPLACE_THREAD);
  }
}
