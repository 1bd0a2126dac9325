package io.firesteel.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A small run of {@code ./firesteel bench chaos}: packaged workers are killed, paused and stopped
 * while jobs run.
 */
final class ChaosIT {

  @Test
  void losesAndDoublesNoJobAndKeepsEveryLimitUnderFaults() throws Exception {
    long seed = Long.getLong("firesteel.seed", System.nanoTime());
    System.out.println("chaos: -Dfiresteel.seed=" + seed);
    ChaosPlan plan = ChaosPlan.small(seed);

    ChaosRun.Result result = new ChaosRun(plan, "").run(Path.of("target", "chaos"));

    System.out.println(result.summary());
    assertThat(result.verdict().violations()).isEmpty();
  }
}
