package io.firesteel.local;

import io.firesteel.definitions.Definitions;
import io.firesteel.local.kubelet.config.Python;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./firesteel up}: runs the laptop platform and its workers until Ctrl-C. Restarts workers
 * that exit; prints why the platform cannot start.
 */
public final class Up {

  private static final Duration RESTART_DELAY = Duration.ofSeconds(2);
  private static final int MAX_EXITS = 5;

  /** Set at Ctrl-C: later failures are its consequences. */
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private static final int HTTP_PORT = 18080;

  private Up() {}

  public static void main(String[] args) throws InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    UpArguments arguments;
    try {
      arguments = UpArguments.parse(home, List.of(args));
      requireFreePorts(LaptopOptions.onDefaultPorts(home, arguments.data()), arguments.workers());
    } catch (IllegalArgumentException e) {
      fail(2, e.getMessage());
      return;
    }
    try (FolderLock _ = FolderLock.acquire(arguments.data())) {
      run(home, arguments);
    } catch (IllegalArgumentException e) {
      fail(2, e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (STOPPING.get()) {
        return;
      }
      LaptopLog.logFailure("The platform did not start", e);
      fail(
          1, "%s%nSee the log: %s".formatted(e.getMessage(), arguments.data().resolve(Laptop.LOG)));
    }
  }

  private static void fail(int exitCode, @Nullable String message) {
    System.err.println("firesteel up: " + message);
    System.exit(exitCode);
  }

  private static void run(Path home, UpArguments arguments)
      throws IOException, InterruptedException {
    LaptopOptions options =
        LaptopOptions.onDefaultPorts(home, arguments.data())
            .withDefinitions(arguments.definitions(), List.of());
    DefinitionWatch definitions = new DefinitionWatch(arguments.definitions(), Up::printLine);
    System.out.printf(
        "Starting a broker, a local API server and %s%n",
        switch (arguments.workers()) {
          case 0 -> "no worker";
          case 1 -> "a worker";
          default -> arguments.workers() + " workers";
        });
    Laptop laptop = Laptop.start(options);
    List<SupervisedWorker> workers = new CopyOnWriteArrayList<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(laptop, workers)));
    Definitions first = definitions.start(laptop::provisionNamespace);
    List<String> tenants = sampleTenants(first);
    if (!tenants.isEmpty()) {
      writeRequests(laptop, tenants.getFirst(), tenants.getLast());
    }
    for (int i = 1; i <= arguments.workers(); i++) {
      String name = "worker-" + i;
      int port = HTTP_PORT + i - 1;
      workers.add(
          SupervisedWorker.start(
              name,
              () -> laptop.startWorker(name, port, Map.of()),
              new RestartPolicy(RESTART_DELAY, MAX_EXITS),
              Up::printLine));
    }
    System.out.println(welcome(laptop, tenants.isEmpty() ? "" : tenants.getFirst()));
    new CountDownLatch(1).await();
  }

  /** The first two tenants, for which there are sample requests; fewer if there are fewer. */
  private static List<String> sampleTenants(Definitions definitions) {
    return definitions.tenants().byName().keySet().stream().sorted().limit(2).toList();
  }

  private static void printLine(String line) {
    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
  }

  private static void stop(Laptop laptop, List<SupervisedWorker> workers) {
    STOPPING.set(true);
    System.out.println("\nStopping");
    try {
      for (SupervisedWorker worker : workers) {
        worker.close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    laptop.close();
  }

  /** Fails early with one message if a port is in use. */
  private static void requireFreePorts(LaptopOptions options, int workers) {
    IntStream.concat(
            IntStream.of(options.kafkaPort(), options.kubernetesPort()),
            IntStream.range(HTTP_PORT, HTTP_PORT + workers))
        .forEach(port -> {
          try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // The port is free.
          } catch (IOException e) {
            throw new IllegalArgumentException(
                "port %d is in use; stop the other ./firesteel up or the program that listens on it"
                    .formatted(port),
                e);
          }
        });
  }

  private static void writeRequests(Laptop laptop, String first, String second) throws IOException {
    Path folder = Files.createDirectories(laptop.options().data().resolve("requests"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    SampleRequests samples = laptop.sampleRequests();
    Files.writeString(
        folder.resolve("daily-totals.json"),
        samples.dailyTotals(first, "daily-totals", today.minusDays(59), today) + "\n");
    Files.writeString(folder.resolve("pi.json"), samples.pi(second, "pi") + "\n");
    Files.writeString(folder.resolve("fails.json"), samples.fails(second, "fails") + "\n");
    Files.writeString(
        folder.resolve("python-pi.json"), samples.pythonPi(second, "python-pi") + "\n");
    Files.writeString(folder.resolve("sleeps.json"), samples.sleeps(second, "sleeps", 600) + "\n");
  }

  private static String welcome(Laptop laptop, String tenant) {
    Path data = laptop.options().data();
    String addresses =
        """

        Firesteel is up. Ctrl-C stops it.

          Kafka        %1$s
          Kubernetes   kubectl --kubeconfig %2$s get pods -A -w
          HTTP         %3$s/v1/tenants/%6$s/jobs   %3$s/q/health   %3$s/q/metrics
          tenants      %4$s
          logs         %5$s/workers/*/log   %5$s/pod-logs   %5$s/laptop.log
          audit        %5$s/audit.jsonl
        """
            .formatted(
                laptop.bootstrapServers(),
                laptop.options().kubeconfig(),
                "http://127.0.0.1:" + HTTP_PORT,
                laptop.options().definitions(),
                data,
                tenant.isEmpty() ? "TENANT" : tenant);
    return addresses + (tenant.isEmpty() ? NO_TENANT : firstJob(laptop));
  }

  private static final String NO_TENANT =
      """

      No tenant is defined, so every request is refused. Define one; docs/definitions.md says how.
      """;

  private static String firstJob(Laptop laptop) {
    return """

    Try next, in another terminal:

      ./firesteel kafka console-producer --bootstrap-server %1$s --topic spark-job-requests < %2$s/requests/daily-totals.json
      ./firesteel kafka console-consumer --bootstrap-server %1$s --topic spark-job-results --from-beginning

    A second publish of the same request is a duplicate; change its jobId to run the job again.
    Next to it are pi.json, python-pi.json, fails.json and sleeps.json. %3$s
    docs/requests.md describes requests and cancellation.
    """
        .formatted(laptop.bootstrapServers(), laptop.options().data(), python(laptop.python()));
  }

  private static String python(Python python) {
    return switch (python) {
      case Python.Interpreter(var executable, _) -> "Python jobs run with " + executable + ".";
      case Python.Missing(var reason) -> reason + ".";
    };
  }
}
