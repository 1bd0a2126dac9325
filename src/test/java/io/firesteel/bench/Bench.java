package io.firesteel.bench;

import io.firesteel.chaos.ChaosBench;
import io.firesteel.chaos.RollingBench;
import io.firesteel.local.LaptopLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./firesteel bench NAME}: every benchmark prints its comparison as its last line. */
public final class Bench {

  @FunctionalInterface
  private interface Main {
    void run(String[] args) throws Exception;
  }

  private static final Map<String, Main> ALL =
      new TreeMap<>(
          Map.of(
              "admission",
              AdmissionBench::main,
              "chaos",
              ChaosBench::main,
              "driver",
              DriverBench::main,
              "launch",
              LaunchBench::main,
              "rolling",
              RollingBench::main,
              "start",
              StartBench::main));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    Main chosen = args.length == 0 ? null : ALL.get(args[0]);
    if (chosen == null) {
      System.err.println("firesteel bench " + String.join(" | ", ALL.keySet()));
      System.exit(2);
      return;
    }
    LaptopLog.to(Path.of("target", "bench.log"));
    chosen.run(Arrays.copyOfRange(args, 1, args.length));
    System.exit(0);
  }
}
