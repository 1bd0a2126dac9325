package io.firesteel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final RestartPolicy restartPolicy = new RestartPolicy(PAUSE, 3);

  @Test
  void restartsAfterADelay() {
    assertThat(restartPolicy.delayAfterExit(NOON)).contains(PAUSE);
  }

  @Test
  void stopsAfterTooManyExitsInAShortTime() {
    restartPolicy.delayAfterExit(NOON);
    restartPolicy.delayAfterExit(NOON.plusSeconds(60));

    assertThat(restartPolicy.delayAfterExit(NOON.plusSeconds(120))).isEmpty();
    assertThat(restartPolicy.recentExits()).isEqualTo(3);
  }

  @Test
  void forgetsOldExits() {
    restartPolicy.delayAfterExit(NOON);
    restartPolicy.delayAfterExit(NOON.plusSeconds(60));

    assertThat(restartPolicy.delayAfterExit(NOON.plusSeconds(121))).contains(PAUSE);
    assertThat(restartPolicy.recentExits()).isEqualTo(2);
  }
}
