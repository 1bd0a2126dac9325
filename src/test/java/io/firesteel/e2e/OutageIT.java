package io.firesteel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.client.DeadLetterRedrive;
import io.firesteel.local.client.PublishedResults;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.faults.FaultInjectionProxy;
import io.firesteel.local.faults.InjectedFaults;
import io.firesteel.local.kafka.Broker;
import io.firesteel.local.kafka.RunningBroker;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The probes of a packaged worker during outages: not ready, but alive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageIT {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(60);
  private static final String PLAN = SimulatedJobPublisher.plan(100, 0);
  private static final String EVERY_LETTER_SENT = "(?s)[1-9]\\d* sent, 0 cannot be sent.*";
  private static final int UP = 200;
  private static final int DOWN = 503;

  private final Path folder = Path.of("target", "outages", Long.toString(System.nanoTime()));
  private final Path definitions = folder.resolve("definitions");
  private final HttpClient http = HttpClient.newHttpClient();
  private Broker broker;
  private Laptop laptop;
  private FaultInjectionProxy api;
  private WorkerProcess worker;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    define("maxConcurrency: 4");
    broker = Broker.start(folder.resolve("kafka"), 0);
    LaptopOptions options =
        LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder)
            .withDefinitions(definitions, List.of("acme-jobs", "late-jobs"));
    laptop = Laptop.start(options, ofWhatever());
    api = FaultInjectionProxy.inFrontOf(laptop.kubernetesApi().port());
    api.writeKubeconfig(options.kubeconfig(), folder.resolve("kubeconfig-proxy"));
    worker = startWorker("outage");
    worker.awaitReady(READY_WITHIN);
  }

  @AfterAll
  void stop() {
    laptop.close();
    api.close();
    http.close();
  }

  @Test
  void anUnreachableApiServerMakesTheWorkerUnreadyButNotDead() {
    api.inject(InjectedFaults.NONE.withApiUnreachable());
    api.dropWatches();

    await()
        .atMost(PROBE_TIMEOUT)
        .until(() -> check("ready", "api-server").path("status").asText().equals("DOWN"));
    assertThat(check("ready", "api-server").toString()).contains("failing since");
    assertThat(answer("ready").statusCode()).isEqualTo(DOWN);
    assertThat(answer("live").statusCode()).isEqualTo(UP);

    api.inject(InjectedFaults.NONE);
    awaitAnswer("ready", UP);
  }

  @Test
  void anUnreachableKafkaMakesTheWorkerUnreadyButNotDead() {
    int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    broker.close();

    await()
        .atMost(PROBE_TIMEOUT)
        .until(() -> check("ready", "streams-running").toString().contains("disconnected"));
    assertThat(answer("ready").statusCode()).isEqualTo(DOWN);
    assertThat(answer("live").statusCode()).isEqualTo(UP);

    broker = Broker.start(folder.resolve("kafka"), port);
    awaitAnswer("ready", UP);
  }

  @Test
  void invalidDefinitionsKeepOnlyANewReplicaUnready() throws IOException {
    define("maxConcurrency: some");
    try (WorkerProcess newcomer = startWorker("newcomer")) {
      awaitAnswer("well", DOWN);
      awaitAnswer("ready", UP);
      await()
          .atMost(READY_WITHIN)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> get(newcomer, "ready").body().contains("definitions-complete"));
      assertThat(check(newcomer, "ready", "definitions-complete").path("status").asText())
          .isEqualTo("DOWN");

      define("maxConcurrency: 5");
      await().atMost(PROBE_TIMEOUT).until(() -> get(newcomer, "ready").statusCode() == UP);
    }
  }

  @Test
  void deadLettersThatAreSentAgainTwiceRunOnce() throws Exception {
    ObjectNode named = SimulatedJobPublisher.request("late", "named", PLAN);
    ObjectNode nameless = SimulatedJobPublisher.request("late", "nameless", PLAN);
    nameless.remove(List.of("jobId", "id"));
    try (var requests = new SimulatedJobPublisher(broker.bootstrapServers());
        var published = new PublishedResults(broker.bootstrapServers())) {
      requests.publish(named);
      requests.publish(nameless);
      requests.flush();
      await().atMost(PROBE_TIMEOUT).until(() -> redrive().startsWith("2 to send"));

      define("late", "maxConcurrency: 4");
      await()
          .atMost(READY_WITHIN)
          .pollInterval(Duration.ofSeconds(3))
          .until(() -> {
            // Until the tenant's definition is applied, each letter that is sent comes back.
            assertThat(redrive("--execute")).matches(EVERY_LETTER_SENT);
            published.poll();
            return succeeded(published) == 2;
          });
      assertThat(redrive("--execute")).matches(EVERY_LETTER_SENT);
      requests.publish(SimulatedJobPublisher.request("late", "last", PLAN));
      await()
          .atMost(PROBE_TIMEOUT)
          .until(() -> {
            published.poll();
            return published.byJob().containsKey("late/last");
          });

      assertThat(succeeded(published)).isEqualTo(3);
      assertThat(laptop.kubernetes().pods().inNamespace("late-jobs").list().getItems()).hasSize(3);
    }
  }

  private static long succeeded(PublishedResults published) {
    return published.byJob().values().stream()
        .flatMap(List::stream)
        .filter(result -> result.outcome().equals("SUCCEEDED"))
        .count();
  }

  /** What the command of docs/operate.md says. */
  private String redrive(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("--bootstrap-server", broker.bootstrapServers(), "--code", "TENANT_UNKNOWN"));
    arguments.addAll(List.of(more));
    return DeadLetterRedrive.run(arguments);
  }

  private void define(String limit) throws IOException {
    define("acme", limit);
  }

  private void define(String tenant, String limit) throws IOException {
    Files.createDirectories(definitions);
    Files.writeString(
        definitions.resolve(tenant + ".yaml"),
        """
        apiVersion: firesteel.io/v1alpha1
        kind: Tenant
        metadata: {name: %1$s}
        spec: {namespace: %1$s-jobs, %2$s}
        """
            .formatted(tenant, limit));
  }

  private WorkerProcess startWorker(String name) {
    return laptop.startWorker(
        name,
        0,
        Map.of("KUBECONFIG", folder.resolve("kubeconfig-proxy").toAbsolutePath().toString()));
  }

  /** The current broker, which a test replaces. */
  private RunningBroker ofWhatever() {
    return new RunningBroker() {
      @Override
      public String bootstrapServers() {
        return broker.bootstrapServers();
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }

  private void awaitAnswer(String probe, int status) {
    await().atMost(PROBE_TIMEOUT).until(() -> answer(probe).statusCode() == status);
  }

  private HttpResponse<String> answer(String probe) {
    try {
      return get(worker, probe);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the worker does not answer", e);
    }
  }

  private HttpResponse<String> get(WorkerProcess asked, String probe)
      throws IOException, InterruptedException {
    URI uri = asked.http().resolve("/q/health/" + probe);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode check(String probe, String name) {
    return check(worker, probe, name);
  }

  private JsonNode check(WorkerProcess asked, String probe, String name) {
    try {
      for (JsonNode check : new ObjectMapper().readTree(get(asked, probe).body()).path("checks")) {
        if (check.path("name").asText().equals(name)) {
          return check;
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the worker does not answer", e);
    }
    throw new AssertionError(probe + " has no check " + name);
  }
}
