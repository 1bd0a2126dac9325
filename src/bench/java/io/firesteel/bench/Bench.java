package io.firesteel.bench;

import io.firesteel.bench.chaos.ChaosBench;
import io.firesteel.bench.chaos.RollingBench;
import io.firesteel.bench.hostile.HostileBench;
import io.firesteel.local.LaptopLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ./firesteel bench [NAME]}: lists the benchmarks, or runs one, which prints its summary as
 * the last line.
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
                  "cost of an admission decision, in the core and with a broker",
                  AdmissionBench::main),
              "chaos",
              new Benchmark(
                  "kills workers 200 times, restarts the broker, moves tenants; no job may be lost or"
                      + " run twice",
                  ChaosBench::main),
              "driver",
              new Benchmark(
                  "driver pods built per second, compared with Spark's builder", DriverBench::main),
              "hostile",
              new Benchmark(
                  "sends hostile messages, records and pods; each must be answered, nobody delayed",
                  HostileBench::main),
              "launch",
              new Benchmark(
                  "time from request to driver, compared with spark-submit", LaunchBench::main),
              "memory",
              new Benchmark(
                  "heap of a replica with 10,000 tenants, 1,000,000 queued jobs and 60,000 pods; with"
                      + " worker, resident memory of a worker",
                  MemoryBench::main),
              "rolling",
              new Benchmark(
                  "delay of tenants while workers restart; with kill, while they are killed",
                  RollingBench::main),
              "start",
              new Benchmark(
                  "start time of a worker with and without an ahead-of-time cache",
                  StartBench::main),
              "throttle",
              new Benchmark(
                  "a worker that gets 5 % of a core for a minute, and its probes",
                  ThrottleBench::main)));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      ALL.forEach((name, bench) -> System.out.printf("%-10s %s%n", name, bench.description()));
      return;
    }
    Benchmark chosen = ALL.get(args[0]);
    if (chosen == null) {
      System.err.printf(
          "firesteel bench: unknown benchmark %s; choose one of %s%n",
          args[0], String.join(", ", ALL.keySet()));
      System.exit(2);
      return;
    }
    LaptopLog.writeTo(Path.of("target", "bench.log"));
    try {
      chosen.main().run(Arrays.copyOfRange(args, 1, args.length));
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }
}
