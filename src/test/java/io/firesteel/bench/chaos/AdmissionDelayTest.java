package io.firesteel.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.local.verify.DriverRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionDelayTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void ignoresAJobThatStartsAtOnce() {
    assertThat(longest(List.of(at(0)), List.of(run(0, 5)), 1)).isZero();
  }

  @Test
  void countsAWaitWithAFreeSlot() {
    assertThat(longest(List.of(at(0)), List.of(run(3, 5)), 1)).isEqualTo(seconds(3));
  }

  @Test
  void ignoresAWaitForTheTenantsOwnSlot() {
    assertThat(longest(List.of(at(0), at(0)), List.of(run(0, 9), run(9, 10)), 1)).isZero();
  }

  @Test
  void startsWhenTheSlotBecomesFree() {
    List<DriverRun> runs = List.of(run(0, 4), run(6, 10));

    assertThat(longest(List.of(at(0), at(1)), runs, 1)).isEqualTo(seconds(2));
  }

  @Test
  void endsWithEachCreation() {
    List<Instant> published = List.of(at(0), at(0), at(0));
    List<DriverRun> runs = List.of(run(1, 20), run(3, 20), run(4, 20));

    assertThat(longest(published, runs, 3)).isEqualTo(seconds(2));
  }

  @Test
  void isNotShorterWithMoreJobs() {
    assertThat(longest(List.of(at(0), at(2)), List.of(run(3, 20), run(3, 20)), 2))
        .isEqualTo(seconds(3));
  }

  private static Duration longest(List<Instant> published, List<DriverRun> runs, int limit) {
    return AdmissionDelay.longest(published, runs, limit);
  }

  private static DriverRun run(int created, int ended) {
    return new DriverRun(
        "acme", "job", "acme-jobs", "pod", "uid", at(created), true, at(ended), "Succeeded");
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
