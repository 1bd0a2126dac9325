package io.firesteel.bench.chaos;

import io.firesteel.bench.chaos.FaultSchedule.Fault;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.image.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./firesteel bench chaos [SEED]}: three workers are killed, frozen and stopped, the broker
 * is restarted and definitions change, so that tenants also move between cohorts, while 5,000 jobs
 * of 20 tenants flow. Takes at most 25 minutes on two cores; ends badly when anything was lost,
 * doubled or over a limit. {@code small} after the seed runs the plan of the test.
 */
public final class ChaosBench {

  private ChaosBench() {}

  public static void main(String[] args) throws Exception {
    long seed = args.length == 0 ? System.nanoTime() : Long.parseLong(args[0]);
    System.out.println("Repeat with: ./firesteel bench chaos " + seed);
    boolean small = List.of(args).contains("small");
    ChaosPlan plan = small ? ChaosPlan.small(seed) : ChaosPlan.full(seed);
    Path folder = LaptopOptions.checkoutHome().resolve("target/chaos");

    ChaosRun.Result result = new ChaosRun(plan, small ? "" : trainedJvm(folder)).run(folder);

    ChaosReport verdict = result.verdict();
    verdict
        .violations()
        .forEach(violation -> System.out.println(violation.kind() + " " + violation.message()));
    System.out.printf(
        "%d late pods, none of which started; %d messages came back and were published again;"
            + " tenants moved to another cohort %d times; RocksDB flushed %d memtables;"
            + " %d restarts by the liveness probe%n",
        verdict.latePods(),
        result.republished(),
        result.moves(),
        result.flushes(),
        result.done().count(Fault.LIVENESS_RESTART));
    System.out.println(result.summary());
    System.exit(verdict.violations().isEmpty() ? 0 : 1);
  }

  /** The options of the image, with its ahead-of-time cache: a worker starts some 200 times. */
  private static String trainedJvm(Path folder) throws IOException, InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    Path data = Files.createTempDirectory(Files.createDirectories(folder), "training-");
    Path cache = data.resolve("worker.aot");
    try (Laptop laptop = Laptop.start(LaptopOptions.onFreePorts(home, data))) {
      Training.train(laptop, "acme", cache);
    }
    return Training.JVM + " -Xmx320m -XX:AOTCache=" + cache;
  }
}
