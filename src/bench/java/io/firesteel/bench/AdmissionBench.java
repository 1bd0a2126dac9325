package io.firesteel.bench;

import io.firesteel.bench.AdmissionBenchStreams.Throughput;
import io.firesteel.local.kafka.Broker;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What admission costs: the core alone, and the whole path over a broker ({@code
 * bootstrap.servers=…}, or one of its own). Prints as it goes; the last line is for comparison.
 * {@code quick} leaves the million out; {@code core} and {@code flood} run only that part.
 */
public final class AdmissionBench {

  private static final Duration SPAN = Duration.ofSeconds(4);
  private static final String BOOTSTRAP = "bootstrap.servers=";
  private static final Path TARGET = Path.of("target");
  private static final int QUEUE = 100_000;

  private final PrintStream out;

  private AdmissionBench(PrintStream out) {
    this.out = out;
  }

  private record Core(double perSecond, double ratio) {}

  private record Path100k(
      double jobsPerSecond, double neighbourRatio, double restoreSeconds, long bytesPerJob) {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    AdmissionBench bench = new AdmissionBench(System.out);
    boolean quick = Arrays.asList(args).contains("quick");
    if (Arrays.asList(args).contains("flood")) {
      FloodBench.Times times =
          bench.flood(quick, Files.createTempDirectory(TARGET, "bench-flood-"));
      bench.out.printf("neighbour under flood ratio %.2f%n", times.ratio());
      return;
    }
    Core core = bench.core(quick ? QUEUE : 1_000_000);
    if (Arrays.asList(args).contains("core")) {
      bench.out.printf(
          "admission: core %.0f decisions/s, cost ratio %s to 1k %.2f%n",
          core.perSecond(), quick ? "100k" : "1M", core.ratio());
      return;
    }
    Path folder = Files.createTempDirectory(TARGET, "bench-admission-");
    Optional<String> given =
        Arrays.stream(args)
            .filter(arg -> arg.startsWith(BOOTSTRAP))
            .map(arg -> arg.substring(BOOTSTRAP.length()))
            .findFirst();
    Path100k streams;
    if (given.isPresent()) {
      streams = bench.streams(given.get(), folder);
    } else {
      try (Broker broker = Broker.start(folder.resolve("kafka"), 0)) {
        streams = bench.streams(broker.bootstrapServers(), folder);
      }
    }
    FloodBench.Times flood = bench.flood(quick, folder.resolve("flood"));
    bench.out.printf(
        "admission: core %.0f decisions/s, streams %.0f jobs/s, cost ratio %s to 1k %.2f,"
            + " neighbour ratio %.2f, restore %.1f s per 100k jobs,"
            + " neighbour p50 %d ms, p99 %d ms, under flood p50 %d ms, p99 %d ms,"
            + " neighbour under flood ratio %.2f%n",
        core.perSecond(),
        streams.jobsPerSecond(),
        quick ? "100k" : "1M",
        core.ratio(),
        streams.neighbourRatio(),
        streams.restoreSeconds(),
        flood.without().percentile(50),
        flood.without().percentile(99),
        flood.samePartition().percentile(50),
        flood.samePartition().percentile(99),
        flood.ratio());
  }

  private FloodBench.Times flood(boolean quick, Path folder) throws Exception {
    return FloodBench.run(out, folder, quick ? QUEUE : 1_000_000, quick ? 100 : 300);
  }

  private Core core(int most) {
    core(1, 1_000);
    double few = core(1, 1_000);
    core(1, QUEUE);
    double many = core(1, most);
    core(1_000, 1_000);
    double manyTenants = core(1_000, most);
    return new Core(Math.min(many, manyTenants), few / many);
  }

  private double core(int tenants, int queued) {
    AdmissionBenchCore core = new AdmissionBenchCore(tenants, queued);
    core.decisionsPerSecond(SPAN);
    double rate = core.decisionsPerSecond(SPAN);
    out.printf(
        "core: %,d tenants, %,d queued: %,.0f decisions/s, %.1f µs each%n",
        tenants, queued, rate, 1e6 / rate);
    return rate;
  }

  private Path100k streams(String bootstrapServers, Path folder) throws Exception {
    try (var streams = new AdmissionBenchStreams(bootstrapServers, folder.resolve("state"))) {
      streams.throughput("warm", 20_000, 2_000);
      Throughput empty = print("queues empty", streams.throughput("warm", 20_000, 2_000));
      double alone = streams.latency("calm", 200);
      streams.fill("full", QUEUE);
      double beside = streams.latency("calm", 200);
      out.printf("latency: median %.1f ms alone, %.1f ms next to a long queue%n", alone, beside);
      print("next to %,d queued jobs".formatted(QUEUE), streams.throughput("warm", 20_000, 2_000));
      double restore = streams.restore();
      long bytes = streams.stateBytes() / QUEUE;
      out.printf("restore: %.1f s, at most %,d bytes of state per job%n", restore, bytes);
      return new Path100k(empty.jobsPerSecond(), beside / alone, restore, bytes);
    }
  }

  private Throughput print(String when, Throughput throughput) {
    out.printf(
        "streams, %s: %,.0f jobs/s, %.1f µs of stream thread time per decision%n",
        when, throughput.jobsPerSecond(), throughput.microsPerDecision());
    return throughput;
  }
}
