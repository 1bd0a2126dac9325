package io.firesteel.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.controller.WatchReadiness.WatchState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WatchStateTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void staysReadyDuringTheGracePeriod() {
    WatchState failing = WatchState.SYNCED.orFailed(NOON);

    assertThat(failing.isReady(NOON.plus(WatchState.GRACE_PERIOD).minusMillis(1))).isTrue();
    assertThat(failing.isReady(NOON.plus(WatchState.GRACE_PERIOD))).isFalse();
  }

  @Test
  void countsFromTheFirstFailure() {
    WatchState failing = WatchState.failed(NOON).orFailed(NOON.plusSeconds(10));

    assertThat(failing.isReady(NOON.plus(WatchState.GRACE_PERIOD))).isFalse();
    assertThat(failing.describe()).isEqualTo("failing since 2026-03-01T12:00:00Z");
  }

  @Test
  void isReadyAsSoonAsTheWatchWorksAgain() {
    assertThat(WatchState.SYNCED.isReady(NOON.plusSeconds(1_000_000))).isTrue();
  }
}
