package io.firesteel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.k8s.WorkerPermissions;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.WorkerProcess;
import io.firesteel.local.data.Totals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One packaged worker and real Spark: the promises of the README, tried as its reader would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RealJobIT {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration JOB_WITHIN = Duration.ofMinutes(4);
  private static final String SECRET = "laptop-app-secret-4Tq9ZpX2";
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
  private final Path folder =
      Path.of("target", "real-jobs", Long.toString(System.currentTimeMillis()));
  private Laptop laptop;
  private WorkerProcess worker;
  private RequestPublisher requestPublisher;
  private PublishedEvents publishedEvents;

  @BeforeAll
  void start() throws InterruptedException, IOException {
    LaptopOptions options = LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder);
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.copy(options.definitions().resolve("tenants.yaml"), definitions.resolve("tenants.yaml"));
    laptop =
        Laptop.start(
            options.withDefinitions(definitions, List.of("acme-jobs", "globex-jobs", "numbers")));
    worker =
        laptop.startWorker(
            "real",
            0,
            Map.of(
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                "true",
                "FIRESTEEL_STREAMS_STANDBY_REPLICAS",
                "1"));
    worker.awaitReady(READY_WITHIN);
    requestPublisher = new RequestPublisher(laptop.bootstrapServers());
    publishedEvents = new PublishedEvents(laptop.bootstrapServers());
  }

  @AfterAll
  void stop() {
    publishedEvents.close();
    requestPublisher.close();
    laptop.close();
  }

  @Test
  @Order(1)
  void aRequestBecomesARealSparkJobWithExecutorsAndOneResult() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    ObjectNode request =
        laptop.sampleRequests().dailyTotals("acme", "totals", today.minusDays(59), today);
    requestPublisher.publish(request.toString(), TRACEPARENT);

    JsonNode result = resultOf("acme/totals");

    assertThat(result.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(Totals.written(laptop.options().output().resolve("totals")))
        .isEqualTo(Totals.expected(laptop.options().input(), today.minusDays(59), today));
    assertThat(publishedEvents.eventTypes("acme/totals"))
        .contains(
            "io.firesteel.job.accepted.v1",
            "io.firesteel.job.admitted.v1",
            "io.firesteel.driver.started.v1",
            "io.firesteel.driver.ready.v1",
            "io.firesteel.executors.changed.v1");
    assertThat(log(result)).contains("Totals written to");
  }

  @Test
  @Order(2)
  void aRepeatedRequestIsADuplicate() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    ObjectNode request =
        laptop.sampleRequests().dailyTotals("acme", "totals", today.minusDays(59), today);
    requestPublisher.publish(request.toString());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            publishedEvents
                .poll()
                .eventTypes("acme/totals")
                .contains("io.firesteel.job.duplicate.v1"));
    assertThat(publishedEvents.resultsOf("acme/totals")).hasSize(1);
  }

  @Test
  @Order(3)
  void aDeletedDriverFailsItsJobWithThatReason() {
    requestPublisher.publish(laptop.sampleRequests().sleeps("globex", "deleted", 600).toString());
    await()
        .atMost(JOB_WITHIN)
        .until(() ->
            publishedEvents
                .poll()
                .eventTypes("globex/deleted")
                .contains("io.firesteel.driver.started.v1"));
    Pod driver = driver("globex-jobs");
    laptop.kubernetes().resource(driver).delete();

    JsonNode result = resultOf("globex/deleted");

    assertThat(result.path("outcome").asText()).isEqualTo("FAILED");
    assertThat(result.path("failure").path("reason").asText()).isEqualTo("DriverDeleted");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            laptop.kubernetes().pods().inNamespace("globex-jobs").list().getItems().isEmpty());
  }

  @Test
  @Order(4)
  void aFailedApplicationIsReportedWithTheEndOfItsLog() {
    requestPublisher.publish(laptop.sampleRequests().fails("globex", "fails").toString());

    JsonNode failure = resultOf("globex/fails").path("failure");

    assertThat(failure.path("category").asText()).isEqualTo("APPLICATION");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(1);
    assertThat(failure.path("logTail").asText()).contains("Exception");
  }

  @Test
  @Order(5)
  void invalidMessagesAreRefusedAndTheNextRequestRuns() {
    requestPublisher.publish("{\"tenant\": \"acme\", \"jobId\": \"broken\", \"spec\": {");
    requestPublisher.publish(new byte[5 << 20]);
    requestPublisher.publish(laptop.sampleRequests().pi("initech", "stranger").toString());
    ObjectNode misspelt = laptop.sampleRequests().pi("acme", "misspelt");
    misspelt.withObject("/spec/driver").put("memmory", "1g");
    requestPublisher.publish(misspelt.toString());
    requestPublisher.publish(laptop.sampleRequests().pi("acme", "next").toString());

    assertThat(resultOf("acme/next").path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(resultOf("initech/stranger").path("failure").path("message").asText())
        .contains("initech");
    assertThat(resultOf("acme/misspelt").path("failure").path("message").asText())
        .contains("memmory", "memory");
    assertThat(publishedEvents.deadLetters()).hasSize(4);
  }

  /** The worker reads the changed definitions while it runs. */
  @Test
  @Order(6)
  void theTriggerOfTheDocsStartsAJobForAnObjectInMinio() throws IOException, InterruptedException {
    Files.writeString(
        laptop.options().definitions().resolve("numbers.yaml"), DocsExample.definitions());
    URI metrics = worker.http().resolve("/q/metrics");
    await().atMost(Duration.ofSeconds(30)).until(() -> get(metrics).contains("\"numbers\""));
    requestPublisher.publishTo("spark-blob-events", DocsExample.arrival());
    requestPublisher.publishTo("spark-blob-events", DocsExample.arrival());

    await()
        .atMost(JOB_WITHIN)
        .until(() -> !publishedEvents.poll().resultsOfTenant("numbers").isEmpty());
    JsonNode result = publishedEvents.resultsOfTenant("numbers").getFirst();

    assertThat(result.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(result.at("/correlation/key").asText()).isEqualTo("in/pi-8.txt");
    assertThat(log(result)).contains("Pi is roughly");
    String job = "numbers/" + result.path("jobId").asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> publishedEvents.poll().eventTypes(job).contains("io.firesteel.job.duplicate.v1"));
    assertThat(publishedEvents.resultsOfTenant("numbers")).hasSize(1);
  }

  @Test
  @Order(7)
  void kubectlShowsPodsAndLogs() throws IOException, InterruptedException {
    CommandLine.assumeCommand("kubectl");

    assertThat(kubectl("get", "pods", "-A")).contains("totals-").contains("Completed");
    String pod =
        laptop.kubernetes().pods().inNamespace("acme-jobs").list().getItems().stream()
            .map(found -> found.getMetadata().getName())
            .filter(name -> name.startsWith("totals"))
            .findFirst()
            .orElseThrow();
    assertThat(kubectl("logs", "-n", "acme-jobs", pod)).contains("Totals written to");
    assertThat(kubectl("describe", "pod", "-n", "acme-jobs", pod)).contains("Scheduled");
  }

  @Test
  @Order(8)
  void noSecretAppearsOnATopicInALogOrInAnAnswer() throws IOException, InterruptedException {
    RunOutput seen = new RunOutput().addTopics(laptop.bootstrapServers()).addLogs(folder);
    for (String path :
        List.of("/v1/tenants/acme/jobs", "/v1/tenants/globex/jobs", "/q/health", "/q/metrics")) {
      seen.add(get(worker.http().resolve(path)));
    }

    assertThat(seen.toString()).hasSizeGreaterThan(10_000).contains("daily").doesNotContain(SECRET);
  }

  @Test
  @Order(8)
  void alertsAndDashboardFindWhatTheyAskForAndTheGuideNamesEveryMetric()
      throws IOException, InterruptedException {
    Scrape scrape = Scrape.of(get(worker.http().resolve("/q/metrics")));

    assertThat(MetricQuery.all()).hasSizeGreaterThan(25).allMatch(scrape::answers);
    Set<String> expected = new TreeSet<>(Scrape.documented());
    // These exist from the first schedule and the first workflow on, and this worker had none.
    expected.removeAll(Set.of("firesteel_schedule_times_total", "firesteel_workflows_ended_total"));
    assertThat(scrape.ours()).isEqualTo(expected);
    assertThat(WorkerPermissions.ofTheWorker()).containsAll(scrape.calls());
    assertThat(scrape.calls()).hasSizeGreaterThan(5);
  }

  @Test
  @Order(9)
  void theLogIsJsonAndTellsAJobsStepsByItsTrace() throws IOException {
    assertThat(WorkerLog.read(worker.log()).phasesOf(TRACE_ID, "acme", "totals"))
        .containsExactly("WAITING", "ADMITTED", "SUBMITTED", "RUNNING", "SUCCEEDED");
  }

  @Test
  @Order(10)
  void anOrderlyRunLogsNoErrorNoWarningAndNoLinePerTask() throws IOException {
    worker.close();
    WorkerLog log = WorkerLog.read(worker.log());
    assertThat(log.problems())
        .as("problems but the warning that the laptop opens the REST API")
        .filteredOn(problem -> !problem.startsWith("io.firesteel.rest.access.AccessFilter"))
        .isEmpty();
    assertThat(log.messagesOfLibraries()).hasSizeLessThan(10);
  }

  private JsonNode resultOf(String job) {
    await().atMost(JOB_WITHIN).until(() -> !publishedEvents.poll().resultsOf(job).isEmpty());
    assertThat(publishedEvents.resultsOf(job)).hasSize(1);
    return publishedEvents.resultsOf(job).getFirst();
  }

  private Pod driver(String namespace) {
    return laptop
        .kubernetes()
        .pods()
        .inNamespace(namespace)
        .withLabel("spark-role", "driver")
        .list()
        .getItems()
        .getFirst();
  }

  private String log(JsonNode result) {
    return laptop
        .kubernetes()
        .pods()
        .inNamespace(result.path("driver").path("namespace").asText())
        .withName(result.path("driver").path("name").asText())
        .getLog();
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    return CommandLine.output(
        Stream.concat(
                Stream.of("kubectl", "--kubeconfig", laptop.options().kubeconfig().toString()),
                Stream.of(arguments))
            .toList());
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
