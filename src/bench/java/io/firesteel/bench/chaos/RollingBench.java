package io.firesteel.bench.chaos;

import io.firesteel.local.LaptopOptions;
import java.util.List;

/**
 * {@code ./firesteel bench rolling [kill]}: three workers are restarted one after the other under
 * 500 jobs or more, in order or, with {@code kill}, by {@code kill -9}. Prints the longest time for
 * which a tenant with a job to run and a free slot saw no driver created.
 */
public final class RollingBench {

  private static final int WORKERS = 3;
  private static final int JOBS = 500;

  private RollingBench() {}

  public static void main(String[] args) throws Exception {
    boolean orderly = !List.of(args).contains("kill");
    RollingRestart rollingRestart =
        new RollingRestart(
            WORKERS, JOBS, orderly, System.nanoTime(), RollingRestart::deployedSettings);

    var report = rollingRestart.run(LaptopOptions.checkoutHome().resolve("target/chaos"));

    report.verdict().violations().forEach(System.out::println);
    report.admissionDelays().forEach((tenant, pause) -> System.out.println(tenant + " " + pause));
    System.out.println(report.summary());
    System.exit(report.verdict().violations().isEmpty() ? 0 : 1);
  }
}
