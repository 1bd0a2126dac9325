package io.firesteel.cluster.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.job.JobKey;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  @Property
  void waitsAsLongAsTheServerAsksPlusUpToHalfAsMuch(
      @ForAll @IntRange(min = 0, max = 100) int failures,
      @ForAll @IntRange(min = 30, max = 600) int seconds,
      @ForAll int job) {
    Duration retryAfter = Duration.ofSeconds(seconds);
    JobKey key = new JobKey("acme", "job-" + job);

    assertThat(Backoff.next(key, failures, retryAfter, SamplePods.NOON))
        .isBetween(
            SamplePods.NOON.plus(retryAfter),
            SamplePods.NOON.plus(retryAfter).plus(retryAfter.dividedBy(2)));
  }

  @Test
  void spreadsTheRetriesOfJobsThatFailedTogether() {
    long moments =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> Backoff.next(new JobKey("acme", "job-" + i), 7, null, SamplePods.NOON))
            .distinct()
            .count();

    assertThat(moments).isGreaterThan(80);
  }
}
