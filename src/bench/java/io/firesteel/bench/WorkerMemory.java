package io.firesteel.bench;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * {@code ./firesteel bench memory worker [TENANTS JOBS PODS]}: the resident memory of a packaged
 * worker with the heap of {@code k8s/base} that owns every partition, while drivers with five
 * executors each run and jobs are queued behind them. By default a twentieth of the full size,
 * which needs some ten GB of disk for the broker.
 */
final class WorkerMemory {

  private static final String NAMESPACE = "memory-jobs";

  /** What the image and {@code k8s/base} give it. */
  private static final Map<String, String> SETTINGS =
      Map.of("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xmx320m", "MALLOC_ARENA_MAX", "2");

  /** The container's limit in {@code k8s/base}. */
  private static final int LIMIT_MIB = 640;

  private static final int PODS_PER_DRIVER = 6;
  private static final String ENDLESS = SimulatedJobPublisher.plan(36_000_000, 0);
  private static final Duration NO_PROGRESS = Duration.ofMinutes(5);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final Laptop laptop;
  private final WorkerProcess worker;
  private final ProcessStats memory;
  private final HttpClient http = HttpClient.newHttpClient();

  private WorkerMemory(Laptop laptop, WorkerProcess worker) {
    this.laptop = laptop;
    this.worker = worker;
    this.memory = new ProcessStats(worker.pid());
  }

  static void main(String[] args) throws IOException, InterruptedException {
    int tenants = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int jobs = args.length > 2 ? Integer.parseInt(args[2]) : 50_000;
    int pods = args.length > 3 ? Integer.parseInt(args[3]) : 3_000;
    Path home = LaptopOptions.checkoutHome();
    Path data = Files.createTempDirectory(home.resolve("target"), "worker-memory-");
    int drivers = pods / PODS_PER_DRIVER;
    Path definitions = define(data.resolve("definitions"), tenants, drivers);
    LaptopOptions options =
        LaptopOptions.onFreePorts(home, data).withDefinitions(definitions, List.of(NAMESPACE));
    try (Laptop laptop = Laptop.start(options)) {
      WorkerProcess worker = laptop.startWorker("memory", 0, SETTINGS);
      worker.awaitReady(Duration.ofMinutes(5));
      new WorkerMemory(laptop, worker).run(tenants, jobs, drivers);
    }
  }

  /** Tenants with as many slots as drivers run, so that all further jobs wait. */
  private static Path define(Path folder, int tenants, int drivers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tenants; i++) {
      text.append(
          """
          ---
          apiVersion: firesteel.io/v1alpha1
          kind: Tenant
          metadata: {name: t%d}
          spec: {namespace: %s, serviceAccount: spark, maxConcurrency: %d, maxQueued: 1000000}
          """
              .formatted(i, NAMESPACE, drivers / tenants + (i < drivers % tenants ? 1 : 0)));
    }
    Files.writeString(Files.createDirectories(folder).resolve("tenants.yaml"), text);
    return folder;
  }

  private void run(int tenants, int jobs, int drivers) throws IOException, InterruptedException {
    print("idle, %,d tenants".formatted(tenants));
    publish("running", tenants, drivers);
    await("firesteel_tenant_slots_used", drivers);
    startExecutors();
    await("firesteel_tenant_slots_used", drivers);
    print("%,d pods".formatted(drivers * PODS_PER_DRIVER));
    publish("queued", tenants, jobs);
    await("firesteel_tenant_waiting", jobs);
    print("%,d queued jobs".formatted(jobs));
    System.out.printf(
        "memory worker: %d tenants, %d queued jobs, %d pods, rss %d MiB, anonymous %d MiB, limit %d MiB%n",
        tenants,
        jobs,
        drivers * PODS_PER_DRIVER,
        memory.peakMib(),
        memory.anonymousMib(),
        LIMIT_MIB);
  }

  private void publish(String name, int tenants, int count) {
    try (SimulatedJobPublisher requests = new SimulatedJobPublisher(laptop.bootstrapServers())) {
      for (int i = 0; i < count; i++) {
        requests.publish("t" + i % tenants, name + "-" + i, ENDLESS);
      }
    }
  }

  /** Five for each driver, as Spark would. */
  private void startExecutors() {
    KubernetesClient client = laptop.kubernetes();
    List<Pod> drivers =
        client
            .pods()
            .inNamespace(NAMESPACE)
            .withLabel(PodLabels.SPARK_ROLE, "driver")
            .list()
            .getItems();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Pod driver : drivers) {
        for (int number = 1; number < PODS_PER_DRIVER; number++) {
          Pod executor = executor(driver, number);
          threads.execute(() -> client.resource(executor).create());
        }
      }
    }
  }

  private static Pod executor(Pod driver, int number) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(driver.getMetadata().getName() + "-exec-" + number)
        .withLabels(driver.getMetadata().getLabels())
        .addToLabels(PodLabels.SPARK_ROLE, "executor")
        .withAnnotations(driver.getMetadata().getAnnotations())
        .addToAnnotations(SimulatedPods.ANNOTATION, ENDLESS)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(driver.getMetadata().getName())
                .withUid(driver.getMetadata().getUid())
                .withController(true)
                .build())
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("spark-kubernetes-executor")
        .withImage("spark")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Waits until a gauge of all tenants adds up. */
  private void await(String gauge, long wanted) throws IOException, InterruptedException {
    double before = -1;
    long giveUp = System.nanoTime() + NO_PROGRESS.toNanos();
    for (double found = sum(gauge, ""); found < wanted; found = sum(gauge, "")) {
      if (found > before) {
        before = found;
        giveUp = System.nanoTime() + NO_PROGRESS.toNanos();
      }
      if (System.nanoTime() > giveUp || !worker.isAlive()) {
        throw new IllegalStateException(
            "%s is %.0f of %d; see %s".formatted(gauge, found, wanted, worker.log()));
      }
      Thread.sleep(POLL_INTERVAL);
    }
  }

  private double sum(String metric, String label) throws IOException, InterruptedException {
    return Pattern.compile("(?m)^" + metric + "\\{.*" + label + ".*} (\\S+)$")
        .matcher(scrape())
        .results()
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  private String scrape() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(worker.http().resolve("/q/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void print(String what) throws IOException, InterruptedException {
    System.out.printf(
        "%s: rss %d MiB, of it %d anonymous; the JVM committed %.0f MiB of heap and %.0f of code"
            + " and classes%n",
        what,
        memory.residentMib(),
        memory.anonymousMib(),
        sum("jvm_memory_committed_bytes", "area=\"heap\"") / (1 << 20),
        sum("jvm_memory_committed_bytes", "area=\"nonheap\"") / (1 << 20));
  }
}
