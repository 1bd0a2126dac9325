package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TenantSharesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final TenantShares shares = new TenantShares(100, 10, nanos::get);

  @Test
  void aTenantMaySendItsBurstAtOnceAndItsRateForEver() {
    assertThat(exceeding("sales", 100)).isZero();
    for (int second = 0; second < 60; second++) {
      elapse(1_000);
      assertThat(exceeding("sales", 10)).isZero();
    }
  }

  @Test
  void aTenantOverItsShareStaysThereUntilItHasBeenQuiet() {
    assertThat(exceeding("sales", 150)).isEqualTo(50);
    elapse(9_000);
    assertThat(exceeding("sales", 1)).isEqualTo(1);
    elapse(2_000);
    assertThat(exceeding("sales", 1)).isZero();
  }

  @Test
  void tenantsDoNotShareAShare() {
    assertThat(exceeding("sales", 1_000)).isEqualTo(900);
    assertThat(exceeding("risk", 100)).isZero();
  }

  private long exceeding(String tenant, int messages) {
    return IntStream.range(0, messages).filter(_ -> shares.exceededBy(tenant)).count();
  }

  private void elapse(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
