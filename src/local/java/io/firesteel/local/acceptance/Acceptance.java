package io.firesteel.local.acceptance;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firesteel.local.LaptopLog;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * {@code ./firesteel acceptance}: tries Firesteel with a cluster, a broker and a Spark image. Exits
 * with 0 only if every job ends as planned, with 1 after surprises, with 2 if it could not try.
 * Removes what it made, also at Ctrl-C, unless {@code --keep} is given.
 */
public final class Acceptance {

  private static final int LOG_LINES = 20;

  private final AcceptanceOptions options;
  private final Path home;
  private final Path folder;
  private final KubernetesClient client;
  private final Installation installation;
  private final List<WorkerUnderTest> workers = new ArrayList<>();
  private boolean cleaned;

  private Acceptance(AcceptanceOptions options, Path home, KubernetesClient client) {
    this.options = options;
    this.home = home;
    this.folder = home.resolve("target/acceptance").resolve(options.namespace());
    this.client = client;
    this.installation = new Installation(client, Acceptance::say);
  }

  public static void main(String[] args) throws InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    int exitCode = 2;
    try {
      AcceptanceOptions options = AcceptanceOptions.parse(List.of(args));
      LaptopLog.writeTo(home.resolve("target/acceptance/acceptance.log"));
      Config config = Config.fromKubeconfig(options.kubeconfig().toFile());
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
        exitCode = new Acceptance(options, home, client).run();
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("firesteel acceptance: " + e.getMessage());
    } catch (IOException | ExecutionException | RuntimeException e) {
      System.err.println("firesteel acceptance: " + e);
    }
    System.exit(exitCode);
  }

  private int run() throws IOException, InterruptedException, ExecutionException {
    Thread atInterrupt = new Thread(this::clean);
    Runtime.getRuntime().addShutdownHook(atInterrupt);
    try {
      say(
          "Kubernetes %s, %s"
              .formatted(client.getKubernetesVersion().getGitVersion(), options.kubeconfig()));
      warnOfNeighbours();
      boolean ownVolume = Installation.hasDefaultStorageClass(client);
      var overlay = new Overlay(home, folder, options, ownVolume);
      for (String tenant : List.of(JobPlan.SPARK, JobPlan.FAULTS)) {
        installation.apply(overlay.tenant(tenant));
      }
      say("looking into the image %s".formatted(options.sparkImage()));
      SparkImage image =
          new SparkImageProbe(client, options.namespaceOf(JobPlan.SPARK))
              .probe(options.sparkImage());
      WorkerUnderTest worker = start(overlay);
      workers.add(worker);
      say("waiting for the worker");
      worker.awaitReady();
      return report(runPlan(image), worker);
    } finally {
      clean();
    }
  }

  /** A worker that watches all namespaces deletes the drivers of this run. */
  private void warnOfNeighbours() {
    client
        .pods()
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/name", "firesteel")
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getNamespace())
        .filter(namespace -> !namespace.equals(options.namespace()))
        .distinct()
        .forEach(namespace ->
            say(
                "a worker of another Firesteel runs in %s; unless a Cluster document confines it to its namespaces, it deletes the drivers of this run"
                    .formatted(namespace)));
  }

  private WorkerUnderTest start(Overlay overlay) throws IOException, InterruptedException {
    if (options.workerImage().isEmpty()) {
      say("not tried: k8s/base, because the worker runs on this machine (--worker local)");
      return new WorkerUnderTest.LocalProcess(process(overlay));
    }
    if (!overlay.ownVolume()) {
      say("not tried: the worker's volume, because the cluster has no default storage class");
    }
    installation.apply(overlay.worker(options.workerImage().get()));
    return new WorkerUnderTest.Replicas(
        client, options.namespace(), "firesteel-" + options.namespace());
  }

  private WorkerProcess process(Overlay overlay) throws IOException {
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(definitions.resolve("tenants.yaml"), overlay.definitions());
    Map<String, String> settings = new HashMap<>(overlay.settings());
    settings.put("KUBECONFIG", options.kubeconfig().toString());
    settings.put("FIRESTEEL_DEFINITIONS_DIRECTORY", definitions.toString());
    settings.put(
        "FIRESTEEL_STREAMS_STATE_DIRECTORY", Files.createTempDirectory(folder, "state").toString());
    Path log = folder.resolve("worker.log");
    Files.deleteIfExists(log);
    return WorkerProcess.startPackaged(home, settings, log);
  }

  private Verdict runPlan(SparkImage image) throws ExecutionException, InterruptedException {
    Instant now = Instant.now();
    String run = Long.toString(now.getEpochSecond(), Character.MAX_RADIX);
    List<PlannedJob> plan = JobPlan.of(image, run, now);
    if (image.python().isEmpty()) {
      say("not tried: PySpark, because %s has no Python with it".formatted(image.name()));
    }
    plan = plan.stream().filter(this::isPossible).toList();
    say("publishing %d jobs for Spark %s".formatted(plan.size(), image.version()));
    return Verdict.of(plan, JobRun.run(client, options, plan, Acceptance::say));
  }

  /** Whether what the job needs could be installed. */
  private boolean isPossible(PlannedJob job) {
    Map<String, String> needs = Map.of("quota", "ResourceQuota", "limit-range", "LimitRange");
    String kind = needs.get(job.name());
    if (kind == null || installation.has(kind)) {
      return true;
    }
    say("not tried: %s, because no %s could be installed".formatted(job.name(), kind));
    return false;
  }

  private static int report(Verdict verdict, WorkerUnderTest worker) {
    for (Verdict.Surprise surprise : verdict.surprises()) {
      System.out.printf("%nSURPRISE %s: %s%n", surprise.job().key(), surprise.text());
      surprise.results().forEach(result -> System.out.println(result.toPrettyString()));
      List<String> lines = worker.log().filter(line -> line.contains(surprise.job().id())).toList();
      lines
          .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
          .forEach(System.out::println);
    }
    System.out.println(verdict.summary());
    return verdict.surprises().isEmpty() ? 0 : 1;
  }

  private synchronized void clean() {
    if (cleaned) {
      return;
    }
    cleaned = true;
    if (options.keep()) {
      workers.forEach(WorkerUnderTest::close);
      say("kept: the namespaces and topics that begin with %s".formatted(options.namespace()));
      return;
    }
    say("removing everything");
    installation.remove();
    workers.forEach(WorkerUnderTest::close);
    try {
      TopicCleanup.remove(options.kafka(), options.topicPrefix());
    } catch (ExecutionException e) {
      say(
          "some topics or groups of %s remain: %s"
              .formatted(options.topicPrefix(), e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String line) {
    System.out.printf("%tT  %s%n", LocalTime.now(), line);
  }
}
