package io.firesteel.bench.hostile;

import io.firesteel.local.LaptopOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code ./firesteel bench hostile [SECONDS [SEED [BURST]]]}: sends random and crafted inputs of
 * all kinds to a packaged worker, by default for two minutes, and checks that each message is
 * answered and that no neighbour has to wait. With a burst, it sends that one only.
 */
public final class HostileBench {

  private static final long DEFAULT_SECONDS = 120;

  private HostileBench() {}

  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : DEFAULT_SECONDS;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() % 1_000_000;
    System.out.printf("Repeat with: ./firesteel bench hostile %d %d%n", seconds, seed);
    Path folder = LaptopOptions.checkoutHome().resolve("target/hostile");
    HostileRun run = new HostileRun(folder, seed);
    try (run) {
      if (args.length > 2) {
        run.send(Burst.of(seed, Integer.parseInt(args[2])));
      } else {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (int number = 0; System.nanoTime() < end; number++) {
          run.send(Burst.of(seed, number));
        }
      }
    }
    if (run.totals().restarts() > 0) {
      System.out.println(run.totals().restarts() + " restarts of dead workers");
    }
    System.out.println(run.totals().summary());
    System.exit(run.totals().fine() ? 0 : 1);
  }
}
