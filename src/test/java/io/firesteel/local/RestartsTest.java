package io.firesteel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a worker that died is started again. */
final class RestartsTest {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final Restarts restarts = new Restarts(PAUSE, 3);

  @Test
  void aDeathIsFollowedByAStartAfterAPause() {
    assertThat(restarts.afterDeathAt(NOON)).contains(PAUSE);
  }

  @Test
  void deathsInAShortTimeEndIt() {
    restarts.afterDeathAt(NOON);
    restarts.afterDeathAt(NOON.plusSeconds(60));

    assertThat(restarts.afterDeathAt(NOON.plusSeconds(120))).isEmpty();
    assertThat(restarts.recent()).isEqualTo(3);
  }

  @Test
  void deathsThatLieLongBackAreForgotten() {
    restarts.afterDeathAt(NOON);
    restarts.afterDeathAt(NOON.plusSeconds(60));

    assertThat(restarts.afterDeathAt(NOON.plusSeconds(121))).contains(PAUSE);
    assertThat(restarts.recent()).isEqualTo(2);
  }
}
