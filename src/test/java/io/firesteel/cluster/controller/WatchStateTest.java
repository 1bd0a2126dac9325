package io.firesteel.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WatchStateTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void staysReadyDuringTheGracePeriod() {
    WatchState broken = WatchState.SYNCED.orFailed(NOON);

    assertThat(broken.isReady(NOON.plus(WatchState.GRACE_PERIOD).minusMillis(1))).isTrue();
    assertThat(broken.isReady(NOON.plus(WatchState.GRACE_PERIOD))).isFalse();
  }

  @Test
  void countsFromTheFirstFailure() {
    WatchState broken = WatchState.failed(NOON).orFailed(NOON.plusSeconds(10));

    assertThat(broken.isReady(NOON.plus(WatchState.GRACE_PERIOD))).isFalse();
    assertThat(broken.describe()).isEqualTo("blind since 2026-03-01T12:00:00Z");
  }

  @Test
  void isReadyAtOnceWhenTheWatchIsBack() {
    assertThat(WatchState.SYNCED.isReady(NOON.plusSeconds(1_000_000))).isTrue();
  }
}
