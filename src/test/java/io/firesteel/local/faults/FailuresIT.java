package io.firesteel.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.firesteel.local.client.SimulatedJobPublisher;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Causes every failure of docs/failures.md and checks its result. */
final class FailuresIT {

  private static final String FOREVER = SimulatedJobPublisher.plan(600_000, 0);

  private static LaptopFixture stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = LaptopFixture.withTenants("failures", 20, "acme", "full", "ghost");
    var kubernetes = stage.laptop().kubernetes();
    kubernetes.namespaces().withName("ghost-jobs").delete();
    kubernetes
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace("full-jobs")
                .withName("none")
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of("pods", new Quantity("0")))
                .endSpec()
                .build())
        .create();
    stage.startWorker(
        Map.of(
            "FIRESTEEL_CLUSTER_START_TIMEOUT", "PT3S",
            "FIRESTEEL_CLUSTER_SCHEDULING_TIMEOUT", "PT3S",
            "FIRESTEEL_CLUSTER_FORCE_DELETE_AFTER", "PT2S"));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void aSpecWithoutAnApplication() {
    ObjectNode request = job("acme", "no-application");
    spec(request).remove("mainApplicationFile");

    assertFailure(request, "REFUSED", "REQUEST", "SpecInvalid", "mainApplicationFile");
  }

  @Test
  void aMissingNamespace() {
    assertFailure(
        simulated("ghost", "nowhere"), "FAILED", "CONFIGURATION", "NotFound", "ghost-jobs");
  }

  @Test
  void anExhaustedQuota() {
    assertFailure(
        simulated("full", "quota"), "FAILED", "CAPACITY", "QuotaExceeded", "exceeded quota: none");
  }

  @Test
  void aMissingNode() {
    ObjectNode request = job("acme", "no-room");
    spec(request).putObject("nodeSelector").put("disk", "of-gold");

    assertFailure(request, "FAILED", "CAPACITY", "Unschedulable", "nodes are available");
  }

  @Test
  void aMissingImage() {
    ObjectNode request = job("acme", "no-image");
    spec(request).put("image", "spark:missing");

    JsonNode failure = assertFailure(request, "FAILED", "IMAGE", null, "spark:missing");
    assertThat(failure.path("reason").asText()).isIn("ErrImagePull", "ImagePullBackOff");
  }

  @Test
  void aMissingSecret() {
    ObjectNode request = job("acme", "no-secret");
    driver(request)
        .putObject("envSecretKeyRefs")
        .putObject("TOKEN")
        .put("name", "nobody-made-it")
        .put("key", "token");

    assertFailure(
        request, "FAILED", "CONFIGURATION", "CreateContainerConfigError", "nobody-made-it");
  }

  @Test
  void aFailedInitContainer() {
    ObjectNode request = job("acme", "bad-init");
    ObjectNode init = driver(request).putArray("initContainers").addObject();
    init.put("name", "prepare").put("image", "busybox:1");
    init.putObject("securityContext").put("runAsUser", 65534);
    init.putArray("command").add("sh").add("-c").add("echo no such bucket; exit 7");

    JsonNode failure = assertFailure(request, "FAILED", "APPLICATION", "Error", "prepare");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(7);
    assertThat(failure.path("logTail").asText()).isEqualTo("no such bucket\n");
  }

  @Test
  void anImageThatRunsAsRoot() {
    ObjectNode request = job("acme", "as-root");
    ObjectNode init = driver(request).putArray("initContainers").addObject();
    init.put("name", "prepare").put("image", "busybox:1").putArray("command").add("true");

    assertFailure(
        request, "FAILED", "CONFIGURATION", "CreateContainerConfigError", "set runAsUser in");
  }

  @Test
  void anApplicationThatEndsWithAnExitCode() {
    ObjectNode request = job("acme", "exits");
    spec(request).put("mainClass", "io.firesteel.examples.Exits").putArray("arguments").add("42");

    JsonNode failure = assertFailure(request, "FAILED", "APPLICATION", "Error", "42");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(42);
  }

  @Test
  void anApplicationThatThrows() {
    ObjectNode request = job("acme", "throws");
    spec(request).put("mainClass", "io.firesteel.examples.Fails");

    JsonNode failure = assertFailure(request, "FAILED", "APPLICATION", "Error", "xception");
    assertThat(failure.path("logTail").asText()).contains("Exception");
  }

  @Test
  void aMissingMainClass() {
    ObjectNode request = job("acme", "no-class");
    spec(request).put("mainClass", "com.example.Nope");

    assertCause(request, "Error: Failed to load class com.example.Nope.");
  }

  @Test
  void aMissingJar() {
    ObjectNode request = job("acme", "no-jar");
    spec(request).put("mainApplicationFile", "local:///opt/spark/examples/nope.jar");

    assertCause(request, "java.nio.file.NoSuchFileException");
  }

  @Test
  void anExceptionDeepInAStack() {
    ObjectNode request = job("acme", "deep");
    spec(request).put("mainClass", "io.firesteel.examples.Fails");
    spec(request).putArray("arguments").add("no such day").add("40");

    JsonNode failure =
        assertCause(request, "java.lang.UnsupportedOperationException: The step failed");
    assertThat(failure.path("message").asText())
        .contains("Caused by: java.lang.IllegalStateException: no such day");
    assertThat(failure.path("logTail").asText()).contains("frames");
  }

  @Test
  void anSqlStatementWithAnErrorClass() {
    ObjectNode request = job("acme", "sql");
    spec(request).put("mainClass", "io.firesteel.examples.Query");
    spec(request).putArray("arguments").add("select * from nowhere");
    // Otherwise the driver waits half a minute for its executor.
    spec(request).putObject("sparkConf").put("spark.scheduler.minRegisteredResourcesRatio", "0");

    JsonNode failure = assertCause(request, "[TABLE_OR_VIEW_NOT_FOUND]");
    assertThat(failure.path("message").asText()).contains("SQLSTATE: 42P01");
  }

  @Test
  void aMissingPythonFile() {
    assertCause(python("no-script", "nope.py"), "can't open file");
  }

  @Test
  void aPythonException() {
    JsonNode failure = assertCause(python("raises", "fails.py"), "StepFailed: The step failed");
    assertThat(failure.path("message").asText())
        .contains("ValueError: This job fails on purpose", "fails.py\", line");
  }

  private static ObjectNode python(String id, String file) {
    ObjectNode request = job("acme", id);
    spec(request).remove("mainClass");
    spec(request)
        .put("type", "Python")
        .put("mainApplicationFile", "local:///opt/spark/examples/" + file);
    return request;
  }

  /** The first line of the message names the cause. */
  private static JsonNode assertCause(ObjectNode request, String inFirstLine) {
    JsonNode failure = assertFailure(request, "FAILED", "APPLICATION", "Error", inFirstLine);
    assertThat(failure.path("message").asText().lines().findFirst().orElse(""))
        .contains(inFirstLine);
    return failure;
  }

  @Test
  void aDriverOverItsMemoryLimit() {
    ObjectNode request = job("acme", "eats");
    spec(request).put("mainClass", "io.firesteel.examples.EatsMemory");

    JsonNode failure =
        assertFailure(request, "FAILED", "OUT_OF_MEMORY", "OOMKilled", "memory limit of 896Mi");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(137);
  }

  @Test
  void aDriverWithAFullHeap() {
    ObjectNode request = job("acme", "heap");
    spec(request).put("mainClass", "io.firesteel.examples.EatsMemory");
    driver(request).put("javaOptions", "-XX:MaxDirectMemorySize=16m -XX:+ExitOnOutOfMemoryError");

    JsonNode failure =
        assertFailure(
            request, "FAILED", "OUT_OF_MEMORY", "OutOfMemoryError", "OutOfMemoryError: Java heap");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(3);
  }

  @Test
  void aJobThatRunsTooLong() {
    ObjectNode request = simulated("acme", "too-long");
    request.putObject("deadline").put("runWithin", "2s");

    assertFailure(request, "FAILED", "DEADLINE", null, "");
  }

  @Test
  void aJobWhosePredecessorFails() {
    stage.requests().publish("acme", "first", SimulatedJobPublisher.plan(100, 1));
    ObjectNode request = simulated("acme", "second");
    request.putArray("dependsOn").add("first");

    assertFailure(request, "FAILED", "DEPENDENCY", null, "first");
  }

  private static ObjectNode job(String tenant, String id) {
    ObjectNode request = SimulatedJobPublisher.request(tenant, id, "");
    driver(request).remove("annotations");
    return request;
  }

  private static ObjectNode simulated(String tenant, String id) {
    return SimulatedJobPublisher.request(tenant, id, FOREVER);
  }

  private static ObjectNode spec(ObjectNode request) {
    return (ObjectNode) request.get("spec");
  }

  private static ObjectNode driver(ObjectNode request) {
    return (ObjectNode) spec(request).get("driver");
  }

  private static JsonNode assertFailure(
      ObjectNode request,
      String outcome,
      String category,
      @Nullable String reason,
      String inMessage) {
    stage.requests().publish(request);
    String tenant = request.path("tenant").asText();
    return stage.assertFailure(
        tenant, request.path("jobId").asText(), outcome, category, reason, inMessage);
  }
}
