package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

final class PartitionProgressTest {

  private final PartitionProgress progress = PartitionProgress.at(100);

  @Test
  void commitsWhereItReadsOnWhileNothingIsDeferred() {
    assertThat(progress.defer("sales", 100, false)).isFalse();
    progress.readUpTo(101);

    assertThat(progress.toCommit()).isEqualTo(new OffsetAndMetadata(101));
  }

  @Test
  void defersWhatFollowsADeferredMessageOfTheSameTenantAndOnlyThat() {
    assertThat(progress.defer("flood", 100, true)).isTrue();
    assertThat(progress.defer("flood", 101, false)).isTrue();
    assertThat(progress.defer("sales", 102, false)).isFalse();
    progress.readUpTo(103);

    assertThat(progress.isDeferred("flood", 100)).isTrue();
    assertThat(progress.isDeferred("flood", 101)).isTrue();
    assertThat(progress.isDeferred("sales", 102)).isFalse();
  }

  @Test
  void handlesATenantAtOnceAgainWhenItsLastDeferredMessageIsHandled() {
    progress.defer("flood", 100, true);
    progress.defer("other", 101, true);
    progress.readUpTo(102);

    progress.caughtUpTo(101);

    assertThat(progress.defer("flood", 102, false)).isFalse();
    assertThat(progress.defer("other", 103, false)).isTrue();
  }

  @Test
  void doesNotCatchUpBeyondWhatWasRead() {
    progress.defer("flood", 100, true);
    progress.readUpTo(101);
    progress.defer("flood", 101, true);

    assertThat(progress.isDeferred("flood", 101)).isFalse();
    progress.caughtUpTo(200);

    assertThat(progress.isBehind()).isTrue();
    assertThat(progress.caughtUp()).isEqualTo(101);
  }

  @Test
  void continuesAfterARestartWhereItWas() {
    progress.defer("flood", 100, true);
    progress.defer("a.b_c-d", 105, true);
    progress.defer("flood", 107, true);
    progress.readUpTo(110);
    progress.caughtUpTo(103);

    PartitionProgress restarted = PartitionProgress.of(progress.toCommit());

    assertThat(progress.toCommit())
        .isEqualTo(new OffsetAndMetadata(103, "110;flood=100-107;a.b_c-d=105-105"));
    assertThat(restarted.toCommit()).isEqualTo(progress.toCommit());
    assertThat(restarted.next()).isEqualTo(110);
    assertThat(restarted.caughtUp()).isEqualTo(103);
  }

  @Test
  void takesMetadataOfOthersForNone() {
    for (String metadata : new String[] {"", "someone's", "12;flood", "9999999999999999999"}) {
      PartitionProgress read = PartitionProgress.of(new OffsetAndMetadata(7, metadata));

      assertThat(read.next()).isEqualTo(7);
      assertThat(read.isBehind()).isFalse();
    }
  }

  @Test
  void defersNoMoreTenantsThanTheMetadataHasRoomFor() {
    long last = Long.MAX_VALUE / 10;
    long deferred =
        IntStream.range(0, 200)
            .filter(i -> progress.defer("%063d".formatted(i), last - 200 + i, true))
            .count();
    progress.readUpTo(last);

    assertThat(deferred).isBetween(30L, 199L);
    assertThat(progress.toCommit().metadata()).hasSizeLessThan(4096);
    assertThat(progress.defer("%063d".formatted(0), last, true)).isTrue();
  }
}
