package io.firesteel.kafka;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThreadReplacementTest {

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final ThreadReplacement replacement = new ThreadReplacement("app", () -> now);

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
  void forgetsDeathsOfLongAgo() {
    for (int i = 0; i < 3; i++) {
      replacement.handle(new IllegalStateException("broken"));
    }
    now = now.plusSeconds(301);

    assertThat(replacement.handle(new IllegalStateException("broken"))).isEqualTo(REPLACE_THREAD);
  }
}
