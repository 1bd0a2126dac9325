package io.firesteel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SightTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void isGoodForAMomentAfterAWatchBroke() {
    Sight broken = Sight.CLEAR.orLost(NOON);

    assertThat(broken.good(NOON.plus(Sight.PATIENCE).minusMillis(1))).isTrue();
    assertThat(broken.good(NOON.plus(Sight.PATIENCE))).isFalse();
  }

  @Test
  void countsFromTheFirstFailure() {
    Sight broken = Sight.lost(NOON).orLost(NOON.plusSeconds(10));

    assertThat(broken.good(NOON.plus(Sight.PATIENCE))).isFalse();
    assertThat(broken.inAWord()).isEqualTo("blind since 2026-03-01T12:00:00Z");
  }

  @Test
  void isGoodAtOnceWhenTheWatchIsBack() {
    assertThat(Sight.CLEAR.good(NOON.plusSeconds(1_000_000))).isTrue();
  }
}
