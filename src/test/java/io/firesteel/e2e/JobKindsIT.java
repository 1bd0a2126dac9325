package io.firesteel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.Laptop;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.kubernetes.audit.AuditEntry;
import io.firesteel.local.kubernetes.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kinds of jobs with real Spark: settings of drivers and executors, and failures of drivers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobKindsIT {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration JOB_WITHIN = Duration.ofMinutes(5);

  private final Path folder =
      Path.of("target", "job-kinds", Long.toString(System.currentTimeMillis()));
  private Laptop laptop;
  private PublishedEvents publishedEvents;

  @BeforeAll
  void publishAll() throws InterruptedException {
    laptop = Laptop.start(LaptopOptions.onFreePorts(LaptopOptions.checkoutHome(), folder));
    laptop.startWorker("kinds", 0, Map.of()).awaitReady(READY_WITHIN);
    publishedEvents = new PublishedEvents(laptop.bootstrapServers());
    try (RequestPublisher requestPublisher = new RequestPublisher(laptop.bootstrapServers())) {
      List.of(exits(), memory(), dynamic(), localDir(), template())
          .forEach(request -> requestPublisher.publish(request.toString()));
    }
  }

  @AfterAll
  void stop() {
    publishedEvents.close();
    laptop.close();
  }

  @Test
  void anExitCodeReachesTheResult() {
    JsonNode failure = resultOf("exits").path("failure");

    assertThat(failure.path("exitCode").asInt()).isEqualTo(3);
    assertThat(failure.path("category").asText()).isEqualTo("APPLICATION");
  }

  @Test
  void aDriverOverItsMemoryLimitIsReportedAsOutOfMemory() {
    JsonNode failure = resultOf("memory").path("failure");

    assertThat(failure.path("reason").asText()).isEqualTo("OOMKilled");
    assertThat(failure.path("category").asText()).isEqualTo("OUT_OF_MEMORY");
  }

  @Test
  void dynamicAllocationCreatesExecutors() {
    assertThat(resultOf("dynamic").path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(publishedEvents.eventTypes("globex/dynamic"))
        .contains("io.firesteel.executors.changed.v1");
  }

  @Test
  void aJobMayRequestAnEventForEachExecutor() {
    resultOf("dynamic");

    assertThat(publishedEvents.executors("globex/dynamic"))
        .anySatisfy(executor -> {
          assertThat(executor.path("pod").asText()).endsWith("-exec-1");
          assertThat(executor.path("state").asText()).isEqualTo("RUNNING");
        })
        .anySatisfy(
            executor -> assertThat(executor.path("state").asText()).isNotEqualTo("RUNNING"));
    resultOf("template");
    assertThat(publishedEvents.executors("globex/template")).isEmpty();
  }

  @Test
  void scratchSpaceCanBeAVolume() {
    assertThat(resultOf("local-dir").path("outcome").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void anExecutorTemplateAppliesToExecutors() throws IOException {
    assertThat(resultOf("template").path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(AuditLog.read(laptop.options().auditLog()))
        .filteredOn(AuditEntry::succeeded)
        .filteredOn(entry -> "executor".equals(entry.labels().get("spark-role")))
        .anyMatch(entry -> "blue".equals(entry.labels().get("example.com/colour")));
  }

  private ObjectNode exits() {
    ObjectNode request = laptop.sampleRequests().pi("globex", "exits");
    ObjectNode spec = (ObjectNode) request.get("spec");
    spec.put("mainClass", "io.firesteel.examples.Exits").putArray("arguments").add("3");
    return request;
  }

  private ObjectNode memory() {
    ObjectNode request = laptop.sampleRequests().pi("globex", "memory");
    ObjectNode spec = (ObjectNode) request.get("spec");
    spec.put("mainClass", "io.firesteel.examples.EatsMemory").putArray("arguments");
    return request;
  }

  private ObjectNode dynamic() {
    ObjectNode request = laptop.sampleRequests().pi("globex", "dynamic");
    request
        .withObject("/spec/dynamicAllocation")
        .put("enabled", true)
        .put("initialExecutors", 1)
        .put("minExecutors", 1)
        .put("maxExecutors", 2);
    request.withObject("/spec/executor").remove("instances");
    request.withObject("/spec/driver/annotations").put("firesteel.io/executor-events", "true");
    return request;
  }

  private ObjectNode localDir() {
    ObjectNode request = laptop.sampleRequests().pi("globex", "local-dir");
    request
        .withArray("/spec/volumes")
        .addObject()
        .put("name", "spark-local-dir-1")
        .putObject("emptyDir");
    for (String role : List.of("driver", "executor")) {
      request
          .withArray("/spec/" + role + "/volumeMounts")
          .addObject()
          .put("name", "spark-local-dir-1")
          .put("mountPath", "/tmp/scratch");
    }
    return request;
  }

  private ObjectNode template() {
    ObjectNode request = laptop.sampleRequests().pi("globex", "template");
    request.withObject("/spec/executor/template/metadata/labels").put("example.com/colour", "blue");
    return request;
  }

  private JsonNode resultOf(String job) {
    String key = "globex/" + job;
    await().atMost(JOB_WITHIN).until(() -> !publishedEvents.poll().resultsOf(key).isEmpty());
    assertThat(publishedEvents.resultsOf(key)).hasSize(1);
    return publishedEvents.resultsOf(key).getFirst();
  }
}
