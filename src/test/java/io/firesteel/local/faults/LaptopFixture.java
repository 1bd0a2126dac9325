package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.PublishedResults.Result;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.kubelet.config.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A laptop platform in a new folder, with the packaged worker. Pods with the annotation are
 * simulated; others run, in Python without PySpark. The folder remains, for its logs.
 */
final class LaptopFixture implements AutoCloseable {

  static final Duration RESULT_TIMEOUT = Duration.ofSeconds(150);

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private final Laptop laptop;
  private final SimulatedJobPublisher requests;
  private @Nullable WorkerProcess worker;
  private @Nullable PublishedResults publishedResults;

  private LaptopFixture(Laptop laptop) {
    this.laptop = laptop;
    this.requests = new SimulatedJobPublisher(laptop.bootstrapServers());
  }

  /** Creates tenants, each with a namespace of its name. */
  static LaptopFixture withTenants(String name, int limit, String... tenants) throws IOException {
    Path home = LaptopOptions.checkoutHome();
    Path data = Files.createTempDirectory(Files.createDirectories(home.resolve("target")), name);
    Path definitions = Files.createDirectories(data.resolve("definitions"));
    for (String tenant : tenants) {
      define(definitions, tenant, limit, "");
    }
    List<String> namespaces = Arrays.stream(tenants).map(tenant -> tenant + "-jobs").toList();
    return new LaptopFixture(
        Laptop.start(
            LaptopOptions.onFreePorts(home, data)
                .withDefinitions(definitions, namespaces)
                .with(new Python.Interpreter("python3", List.of()))));
  }

  /** Changes a tenant before the worker starts; {@code more} are fields of its spec. */
  void define(String tenant, int limit, String more) throws IOException {
    define(laptop.options().definitions(), tenant, limit, ", " + more);
  }

  private static void define(Path definitions, String tenant, int limit, String more)
      throws IOException {
    Files.writeString(
        definitions.resolve(tenant + ".yaml"),
        """
        apiVersion: firesteel.io/v1alpha1
        kind: Tenant
        metadata: {name: %1$s}
        spec: {namespace: %1$s-jobs, serviceAccount: spark, maxConcurrency: %2$d%3$s}
        """
            .formatted(tenant, limit, more));
  }

  /** Starts the worker and, once it is ready, reads results. */
  void startWorker(Map<String, String> settings) throws InterruptedException {
    worker = laptop.startWorker("worker", 0, settings);
    worker.awaitReady(START_TIMEOUT);
    publishedResults = new PublishedResults(laptop.bootstrapServers());
  }

  WorkerProcess worker() {
    return Objects.requireNonNull(worker, "the worker was not started");
  }

  Laptop laptop() {
    return laptop;
  }

  SimulatedJobPublisher requests() {
    return requests;
  }

  PublishedResults publishedResults() {
    return Objects.requireNonNull(publishedResults, "the worker was not started");
  }

  /** Waits for the only result of a job and checks its failure. */
  JsonNode assertFailure(
      String tenant,
      String id,
      String outcome,
      String category,
      @Nullable String reason,
      String inMessage) {
    String job = tenant + "/" + id;
    await()
        .atMost(RESULT_TIMEOUT)
        .until(() -> {
          publishedResults().poll();
          return publishedResults().byJob().containsKey(job);
        });
    List<Result> results = publishedResults().byJob().getOrDefault(job, List.of());
    assertThat(results).hasSize(1);
    JsonNode failure = results.getFirst().failure();
    System.out.printf("%-16s %s%n", id, failure);
    assertThat(results.getFirst().outcome()).isEqualTo(outcome);
    assertThat(failure.path("category").asText()).isEqualTo(category);
    if (reason != null) {
      assertThat(failure.path("reason").asText()).isEqualTo(reason);
    }
    assertThat(failure.path("message").asText()).contains(inMessage);
    return failure;
  }

  @Override
  public void close() {
    if (publishedResults != null) {
      publishedResults.close();
    }
    requests.close();
    laptop.close();
  }
}
