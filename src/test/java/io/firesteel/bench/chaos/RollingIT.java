package io.firesteel.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A small run of {@code ./firesteel bench rolling}. */
final class RollingIT {

  private static final Duration SESSION = Duration.ofSeconds(30);

  /** A replica that does not leave the group is replaced after its session timeout. */
  private static final Duration PAUSE = Duration.ofSeconds(25);

  @Test
  void losesNothingInARollingRestartAndDelaysNoTenant() throws Exception {
    var settings = Map.of("FIRESTEEL_STREAMS_SESSION_TIMEOUT", SESSION.toString());

    var report = new RollingRestart(2, 100, true, 1, _ -> settings).run(Path.of("target", "chaos"));

    System.out.println(report.summary());
    assertThat(report.verdict().violations()).isEmpty();
    assertThat(report.longestAdmissionDelay()).isLessThan(PAUSE);
  }
}
