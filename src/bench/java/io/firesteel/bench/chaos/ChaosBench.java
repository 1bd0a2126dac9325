package io.firesteel.bench.chaos;

import io.firesteel.local.LaptopOptions;
import java.nio.file.Path;

/**
 * {@code ./firesteel bench chaos [SEED]}: three workers are killed, frozen and stopped 200 times
 * while 2,000 jobs of 20 tenants flow. Takes about a quarter of an hour; ends badly when anything
 * was lost, doubled or over a limit.
 */
public final class ChaosBench {

  private ChaosBench() {}

  public static void main(String[] args) throws Exception {
    long seed = args.length == 0 ? System.nanoTime() : Long.parseLong(args[0]);
    System.out.println("Repeat with: ./firesteel bench chaos " + seed);
    ChaosPlan plan =
        Boolean.getBoolean("chaos.small") ? ChaosPlan.small(seed) : ChaosPlan.full(seed);
    Path home = LaptopOptions.checkoutHome();

    ChaosReport verdict = new ChaosRun(plan).run(home.resolve("target/chaos"));

    verdict
        .violations()
        .forEach(violation -> System.out.println(violation.kind() + " " + violation.message()));
    System.out.println(verdict.latePods() + " late pods, none of which started");
    System.out.println(verdict.summary(plan.faults()));
    System.exit(verdict.violations().isEmpty() ? 0 : 1);
  }
}
