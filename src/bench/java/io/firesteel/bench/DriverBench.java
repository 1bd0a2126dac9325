package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.firesteel.driver.Creation;
import io.firesteel.driver.DriverBuildResult;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.features.SparkOracle;
import io.firesteel.driver.features.WholeJobs;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.spec.SparkLine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Builds per second and bytes per build on one thread, beside Spark's own builder in a process of
 * its own, one after the other. Ours starts at the spec as JSON and reads it each time; Spark's
 * starts at finished properties. Arguments: seconds to measure (5), after as many to warm up.
 */
public final class DriverBench {

  private static final int SECONDS = 5;

  /** What was measured. */
  private record Speed(long builds, double seconds, long bytes) {

    double perSecond() {
      return builds / seconds;
    }

    long bytesEach() {
      return bytes / builds;
    }
  }

  private DriverBench() {}

  /** Measures and prints. */
  public static void main(String[] args) throws IOException {
    int seconds = args.length == 0 ? SECONDS : Integer.parseInt(args[0]);
    var oracle = new SparkOracle(SparkLine.V4_1);
    List<DesiredDriver> drivers = WholeJobs.drivers(oracle.version());
    JsonNode theirs = oracle.bench(WholeJobs.asked(oracle.version()), seconds);
    Speed spark =
        new Speed(
            theirs.get("builds").asLong(),
            theirs.get("seconds").asDouble(),
            theirs.get("bytes").asLong());
    run(drivers, seconds);
    Speed ours = measure(drivers, seconds);

    print("spark " + oracle.version(), spark);
    print("firesteel", ours);
    System.out.printf(
        Locale.ROOT,
        "driver: %.0f builds/s, spark %.0f builds/s, ratio %.1f%n",
        ours.perSecond(),
        spark.perSecond(),
        ours.perSecond() / spark.perSecond());
  }

  private static void print(String name, Speed speed) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %8d builds in %.1f s, %,d bytes allocated per build%n",
        name,
        speed.builds(),
        speed.seconds(),
        speed.bytesEach());
  }

  private static Speed measure(List<DesiredDriver> drivers, int seconds) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    long builds = run(drivers, seconds);
    double passed = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    return new Speed(builds, passed, threads.getCurrentThreadAllocatedBytes() - bytes);
  }

  private static long run(List<DesiredDriver> drivers, int seconds) {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + seconds * 1_000_000_000L;
    long builds = 0;
    while (threads.getCurrentThreadCpuTime() < end) {
      for (DesiredDriver driver : drivers) {
        if (DriverBuilder.build(driver, Creation.withRandomName(driver.attempt(), "bench", 0))
            instanceof DriverBuildResult.Unbuildable(var problems)) {
          throw new IllegalStateException("refused: " + problems);
        }
        builds++;
      }
    }
    return builds;
  }
}
