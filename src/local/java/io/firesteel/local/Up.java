package io.firesteel.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** {@code ./firesteel up}: the laptop platform and its workers, until Ctrl-C. */
public final class Up {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final int HTTP_PORT = 18080;

  private Up() {}

  /** What was asked for on the command line. */
  private record Arguments(int workers, Path data, Path definitions) {

    static Arguments parse(Path home, List<String> words) {
      int workers = 1;
      Path data = home.resolve("target/laptop");
      Path definitions = home.resolve("src/local/definitions");
      Deque<String> rest = new ArrayDeque<>(words);
      while (!rest.isEmpty()) {
        String option = rest.pop();
        if (rest.isEmpty()) {
          throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
        }
        switch (option) {
          case "--workers" -> workers = number(option, rest.pop());
          case "--data" -> data = Path.of(rest.pop());
          case "--definitions" -> definitions = Path.of(rest.pop());
          default ->
              throw new IllegalArgumentException(
                  "there is no option " + option + "; see ./firesteel help");
        }
      }
      if (!Files.isDirectory(definitions)) {
        throw new IllegalArgumentException(
            "there is no folder " + definitions + "; --definitions names one with YAML files");
      }
      return new Arguments(workers, data, definitions);
    }

    private static int number(String option, String text) {
      if (!text.matches("[1-9][0-9]?")) {
        throw new IllegalArgumentException(
            "%s is a number from 1 to 99, not %s".formatted(option, text));
      }
      return Integer.parseInt(text);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = LaptopOptions.homeOfThisCheckout();
    Arguments asked;
    try {
      asked = Arguments.parse(home, List.of(args));
      refuseTakenPorts(LaptopOptions.usual(home, asked.data()), asked.workers());
    } catch (IllegalArgumentException e) {
      System.err.println("firesteel up: " + e.getMessage());
      System.exit(2);
      return;
    }
    LaptopOptions options =
        LaptopOptions.usual(home, asked.data())
            .withDefinitions(asked.definitions(), TenantNamespaces.in(asked.definitions()));
    Laptop laptop = Laptop.start(options);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  System.out.println("\nstopping");
                  laptop.close();
                  closed.countDown();
                }));
    startWorkers(laptop, asked.workers());
    closed.await();
  }

  /** Two platforms at once would share ports; better said now than by each part on its own. */
  private static void refuseTakenPorts(LaptopOptions options, int workers) {
    IntStream.concat(
            IntStream.of(options.kafkaPort(), options.kubernetesPort()),
            IntStream.range(HTTP_PORT, HTTP_PORT + workers))
        .forEach(port -> {
          try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // It is free.
          } catch (IOException e) {
            throw new IllegalArgumentException(
                "port %d is taken; stop the other ./firesteel up, or whatever listens there"
                    .formatted(port),
                e);
          }
        });
  }

  private static void startWorkers(Laptop laptop, int count)
      throws InterruptedException, IOException {
    writeRequests(laptop);
    WorkerProcess first = null;
    for (int i = 1; i <= count; i++) {
      WorkerProcess worker = laptop.startWorker("worker-" + i, HTTP_PORT + i - 1, Map.of());
      worker.awaitReady(READY_WITHIN);
      first = first == null ? worker : first;
    }
    if (first != null) {
      System.out.println(welcome(laptop, first));
    }
  }

  private static void writeRequests(Laptop laptop) throws IOException {
    Path folder = Files.createDirectories(laptop.options().data().resolve("requests"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    SampleRequests samples = laptop.samples();
    Files.writeString(
        folder.resolve("daily-totals.json"),
        samples.dailyTotals("acme", "daily-totals", today.minusDays(59), today) + "\n");
    Files.writeString(folder.resolve("pi.json"), samples.pi("globex", "pi") + "\n");
    Files.writeString(folder.resolve("fails.json"), samples.fails("globex", "fails") + "\n");
    Files.writeString(
        folder.resolve("sleeps.json"), samples.sleeps("globex", "sleeps", 600) + "\n");
  }

  private static String welcome(Laptop laptop, WorkerProcess worker) {
    Path data = laptop.options().data();
    return """

    Firesteel is up. Ctrl-C stops it.

      Kafka        %1$s
      Kubernetes   kubectl --kubeconfig %2$s get pods -A -w
      HTTP         %3$s/v1/tenants/acme/jobs   %3$s/q/health   %3$s/q/metrics
      tenants      %4$s
      logs, audit  %5$s

    Try next, in another terminal:

      ./firesteel kafka console-producer --bootstrap-server %1$s --topic spark-job-requests < %5$s/requests/daily-totals.json
      ./firesteel kafka console-consumer --bootstrap-server %1$s --topic spark-job-results --from-beginning

    The same request again is answered as a duplicate; change its jobId to run it again. Others lie beside it.
    """
        .formatted(
            laptop.bootstrapServers(),
            laptop.options().kubeconfig(),
            worker.http(),
            laptop.options().definitions(),
            data);
  }
}
