package io.firesteel.bench;

import io.firesteel.bench.chaos.ChaosBench;
import io.firesteel.bench.chaos.RollingBench;
import io.firesteel.local.LaptopLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ./firesteel bench [NAME]}: the list, or one benchmark, which prints its comparison as its
 * last line.
 */
public final class Bench {

  @FunctionalInterface
  private interface Main {
    void run(String[] args) throws Exception;
  }

  private record Benchmark(String description, Main main) {}

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "admission",
              new Benchmark(
                  "what a decision costs: the core, and over a broker", AdmissionBench::main),
              "chaos",
              new Benchmark(
                  "workers killed and frozen 200 times; nothing may be lost or doubled",
                  ChaosBench::main),
              "driver",
              new Benchmark(
                  "driver pods built per second, beside Spark's own builder", DriverBench::main),
              "launch",
              new Benchmark(
                  "how fast requests become drivers, beside spark-submit", LaunchBench::main),
              "rolling",
              new Benchmark(
                  "how long a tenant waits while workers restart, or with kill are killed",
                  RollingBench::main),
              "start",
              new Benchmark(
                  "how soon a worker is ready, with an ahead-of-time cache and without",
                  StartBench::main)));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      ALL.forEach((name, bench) -> System.out.printf("%-10s %s%n", name, bench.description()));
      return;
    }
    Benchmark chosen = ALL.get(args[0]);
    if (chosen == null) {
      System.err.printf(
          "firesteel bench: there is no benchmark %s, but %s%n",
          args[0], String.join(", ", ALL.keySet()));
      System.exit(2);
      return;
    }
    LaptopLog.writeTo(Path.of("target", "bench.log"));
    chosen.main().run(Arrays.copyOfRange(args, 1, args.length));
    System.exit(0);
  }
}
