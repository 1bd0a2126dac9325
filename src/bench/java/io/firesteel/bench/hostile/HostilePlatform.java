package io.firesteel.bench.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.ProcessStats;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.kafka.BrokerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Utils;

/**
 * A broker, an API server and one worker, with a hostile tenant, a tenant whose pods are attacked,
 * and a neighbour in each partition of the inbox.
 */
final class HostilePlatform implements AutoCloseable {

  static final String HOSTILE = "hostile";
  static final String TARGET_NAMESPACE = "target-jobs";
  static final String FORGED_NAMESPACE = "forged-jobs";

  private static final String TARGET = "target";
  private static final String NEIGHBOURS_NAMESPACE = "neighbours";
  private static final String HOSTILE_NAMESPACE = "hostile-jobs";
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);

  /** As many as {@link Laptop#startWorker} creates. */
  private static final int PARTITIONS = 3;

  private static final Duration STATUS_WITHIN = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Laptop laptop;
  private final List<String> neighbours;
  private WorkerProcess worker;
  private long peakMib;
  private int starts;

  private HostilePlatform(Laptop laptop, List<String> neighbours) throws InterruptedException {
    this.laptop = laptop;
    this.neighbours = neighbours;
    this.worker = startWorker();
  }

  /** Starts everything in a new folder and waits until the worker is ready. */
  static HostilePlatform start(Path below)
      throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory(Files.createDirectories(below), "run-");
    List<String> neighbours = chooseNeighbours();
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(definitions.resolve("all.yaml"), documents(neighbours));
    BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
      NewTopic own = new NewTopic("spark-job-requests." + HOSTILE, PARTITIONS, (short) 1);
      admin
          .createTopics(
              List.of(own.configs(Map.of("max.message.bytes", Integer.toString(10 << 20)))))
          .all()
          .get();
    }
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(
                definitions,
                List.of(
                    HOSTILE_NAMESPACE, TARGET_NAMESPACE, FORGED_NAMESPACE, NEIGHBOURS_NAMESPACE));
    HostilePlatform platform = new HostilePlatform(Laptop.start(options, broker), neighbours);
    platform.worker.awaitReady(READY_WITHIN);
    return platform;
  }

  /** The names of tenants of which each partition of the inbox has one. */
  private static List<String> chooseNeighbours() {
    List<String> names = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int number = 0;
      while (partition("neighbour-" + number) != partition) {
        number++;
      }
      names.add("neighbour-" + number);
    }
    return names;
  }

  private static int partition(String key) {
    return Utils.toPositive(Utils.murmur2(Utils.utf8(key))) % PARTITIONS;
  }

  private static String documents(List<String> neighbours) {
    String always = SimulatedJobPublisher.plan(20, 0);
    StringBuilder documents = new StringBuilder();
    neighbours.forEach(name -> documents.append(tenant(name, NEIGHBOURS_NAMESPACE, "")));
    documents.append(tenant(TARGET, TARGET_NAMESPACE, ""));
    documents.append(
        tenant(
            HOSTILE,
            HOSTILE_NAMESPACE,
            ", enforcedConf: {spark.kubernetes.driver.annotation.firesteel.local/simulate: '%s'}"
                .formatted(always)));
    documents.append(trigger(HOSTILE, HOSTILE, always));
    documents.append(trigger(neighbours.getFirst(), "neighbour", always));
    return documents.toString();
  }

  private static String tenant(String name, String namespace, String more) {
    return """
    ---
    apiVersion: firesteel.io/v1alpha1
    kind: Tenant
    metadata: {name: %s}
    spec: {namespace: %s, maxConcurrency: 50, maxQueued: 100000%s}
    """
        .formatted(name, namespace, more);
  }

  private static String trigger(String tenant, String bucket, String plan) {
    return """
    ---
    apiVersion: firesteel.io/v1alpha1
    kind: JobTemplate
    metadata: {name: %2$s}
    spec:
      parameters: [{name: key, type: string, required: true}]
      application:
        type: Java
        sparkVersion: 4.1.1
        image: spark:4.1.1
        mainClass: Main
        mainApplicationFile: local:///main.jar
        arguments: ["{{key}}"]
        driver: {cores: 1, memory: 512m, annotations: {firesteel.local/simulate: '%3$s'}}
        executor: {instances: 1, cores: 1, memory: 512m}
    ---
    apiVersion: firesteel.io/v1alpha1
    kind: BlobTrigger
    metadata: {name: %2$s}
    spec: {tenant: %1$s, template: %2$s, filter: {bucket: %2$s}, parameters: {key: "{{key}}"}}
    """
        .formatted(tenant, bucket, plan);
  }

  /** A request for a job whose pod lives long enough to be attacked, and then fails. */
  static ObjectNode target(String id) {
    return SimulatedJobPublisher.request(TARGET, id, SimulatedJobPublisher.plan(3000, 1));
  }

  private WorkerProcess startWorker() {
    starts++;
    return laptop.startWorker("worker", 0, Map.of());
  }

  /** Whether the worker knows by HTTP that a job, {@code tenant/id}, succeeded. */
  boolean showsSuccess(String job) {
    URI status = worker.http().resolve("/v1/tenants/" + job.replace("/", "/jobs/"));
    try {
      var request = HttpRequest.newBuilder(status).timeout(STATUS_WITHIN).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().contains("SUCCEEDED");
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Restarts the worker if it exited or fails its liveness probe; returns whether it did. */
  boolean restartDeadWorker() throws InterruptedException {
    if (worker.isAlive() && !worker.isLivenessDown()) {
      return false;
    }
    worker.close();
    worker = startWorker();
    return true;
  }

  /** The most memory that a worker held at once, in MiB. */
  long peakMib() {
    if (worker.isAlive()) {
      peakMib = Math.max(peakMib, new ProcessStats(worker.pid()).peakMib());
    }
    return peakMib;
  }

  /** How often the worker was restarted. */
  int restarts() {
    return starts - 1;
  }

  List<String> neighbours() {
    return neighbours;
  }

  String bootstrapServers() {
    return laptop.bootstrapServers();
  }

  HostileCluster cluster(Random random) {
    Path podLogs = laptop.options().data().resolve("pod-logs");
    return new HostileCluster(laptop.kubernetes(), podLogs, random);
  }

  @Override
  public void close() {
    http.close();
    laptop.close();
  }
}
