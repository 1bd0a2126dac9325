package io.firesteel.local.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.job.JobKey;
import io.firesteel.local.LaptopOptions;
import io.firesteel.local.client.SimulatedJobPublisher;
import io.firesteel.local.kubernetes.simulation.SimulatedPods;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Disruptions of drivers from outside, and the failures in their results; see docs/failures.md. */
final class DriverDisruptionsIT {

  private static final String FOREVER = SimulatedJobPublisher.plan(600_000, 0);

  private static LaptopFixture stage;
  private static FaultInjectionProxy api;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = LaptopFixture.withTenants("accidents", 20, "acme");
    api = FaultInjectionProxy.inFrontOf(stage.laptop().kubernetesApi().port());
    LaptopOptions options = stage.laptop().options();
    Path kubeconfig = options.data().resolve("kubeconfig-proxy");
    api.writeKubeconfig(options.kubeconfig(), kubeconfig);
    stage.startWorker(
        Map.of(
            "KUBECONFIG", kubeconfig.toString(), "FIRESTEEL_CLUSTER_FORCE_DELETE_AFTER", "PT2S"));
  }

  @AfterAll
  static void stop() {
    api.close();
    stage.close();
  }

  @Test
  void aDriverIsDeleted() {
    ObjectNode request = simulated("acme", "deleted");
    startAndThen(request, () -> resource(request).delete());

    stage.assertFailure(
        "acme", "deleted", "FAILED", "INFRASTRUCTURE", "DriverDeleted", "was deleted");
  }

  @Test
  void aDriverIsEvicted() {
    ObjectNode request = simulated("acme", "evicted");
    startAndThen(
        request, () -> failed(request, "Evicted", "The node was low on resource: memory."));

    stage.assertFailure(
        "acme", "evicted", "FAILED", "INFRASTRUCTURE", "Evicted", "low on resource");
  }

  @Test
  void aDriverIsPreempted() {
    ObjectNode request = simulated("acme", "preempted");
    startAndThen(request, () -> disrupt(request, "PreemptionByScheduler"));

    stage.assertFailure(
        "acme", "preempted", "FAILED", "INFRASTRUCTURE", "PreemptionByScheduler", "priority");
  }

  @Test
  void aNodeIsLost() {
    ObjectNode request =
        SimulatedJobPublisher.request("acme", "lost-node", FOREVER + ",stopMillis=600000");
    startAndThen(request, () -> disrupt(request, "DeletionByTaintManager"));

    stage.assertFailure(
        "acme", "lost-node", "FAILED", "INFRASTRUCTURE", "DeletionByTaintManager", "node");
  }

  @Test
  void aDriverDisappearsUnobserved() {
    int watches = api.openWatches();
    ObjectNode request = simulated("acme", "lost");
    startAndThen(
        request,
        () -> {
          api.inject(InjectedFaults.NONE.withExpiredWatches());
          api.dropWatches();
          resource(request).withGracePeriod(0).delete();
        });

    stage.assertFailure(
        "acme", "lost", "FAILED", "INFRASTRUCTURE", "DriverLost", "no longer exists");
    api.inject(InjectedFaults.NONE);
    await().atMost(LaptopFixture.RESULT_TIMEOUT).until(() -> api.openWatches() == watches);
  }

  @Test
  void aForeignPodHasTheName() {
    ObjectNode request = simulated("acme", "taken");
    request
        .withObject("/spec/restartPolicy")
        .put("type", "OnFailure")
        .put("onFailureRetries", 1)
        .put("onFailureRetryInterval", 1);
    startAndThen(
        request,
        () -> {
          String next = pod(request).getMetadata().getName().replace("-1-driver", "-2-driver");
          stage.laptop().kubernetes().resource(foreignPod(next)).create();
          failed(request, "Evicted", "The node was low on resource: memory.");
        });

    stage.assertFailure("acme", "taken", "FAILED", "CONFIGURATION", "NameTaken", "does not belong");
  }

  @Test
  void aWebhookDeniesThePod() {
    ObjectNode request = simulated("acme", "denied");
    api.inject(InjectedFaults.NONE.withWebhookDenial("images must come from our registry"));
    stage.requests().publish(request);

    stage.assertFailure(
        "acme", "denied", "FAILED", "CONFIGURATION", "AdmissionDenied", "our registry");
    api.inject(InjectedFaults.NONE);
  }

  @Test
  void aCommandCannotStart() {
    ends("no-command", "StartError", 128, "exec: not found");

    stage.assertFailure(
        "acme", "no-command", "FAILED", "CONFIGURATION", "StartError", "exec: not found");
  }

  @Test
  void aNodeLosesTheContainer() {
    ends("out-of-sight", "ContainerStatusUnknown", 137, "could not be located");

    stage.assertFailure(
        "acme", "out-of-sight", "FAILED", "INFRASTRUCTURE", "ContainerStatusUnknown", "lost track");
  }

  @Test
  void aNodeRejectsThePod() {
    ObjectNode request = simulated("acme", "full-node");
    startAndThen(request, () -> failed(request, "OutOfcpu", "Node did not have enough cpu"));

    stage.assertFailure("acme", "full-node", "FAILED", "CAPACITY", "OutOfcpu", "enough cpu");
  }

  private static void disrupt(ObjectNode request, String reason) {
    PodCondition condition =
        new PodConditionBuilder()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason(reason)
            .withMessage("said by the test")
            .build();
    resource(request)
        .editStatus(pod -> {
          pod.getStatus().getConditions().add(condition);
          return pod;
        });
    resource(request).withGracePeriod(1L).delete();
  }

  /** The driver pod of a request; fails if there is none. */
  private static Pod pod(ObjectNode request) {
    return pods(request).getFirst();
  }

  private static List<Pod> pods(ObjectNode request) {
    JobKey job = new JobKey(request.path("tenant").asText(), request.path("jobId").asText());
    return stage
        .laptop()
        .kubernetes()
        .pods()
        .inNamespace("acme-jobs")
        .withLabel(PodLabels.JOB, DriverNames.jobHash(job))
        .list()
        .getItems();
  }

  private static PodResource resource(ObjectNode request) {
    return stage.laptop().kubernetes().pods().resource(pod(request));
  }

  private static void startAndThen(ObjectNode request, Runnable accident) {
    stage.requests().publish(request);
    await()
        .atMost(LaptopFixture.RESULT_TIMEOUT)
        .until(() ->
            pods(request).stream().anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
    accident.run();
  }

  private static Pod foreignPod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("acme-jobs")
        .withName(name)
        .addToAnnotations(SimulatedPods.ANNOTATION, FOREVER)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("theirs")
        .withImage("theirs:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Sets the pod failure that a kubelet reports. */
  private static void failed(ObjectNode request, String reason, String message) {
    resource(request)
        .editStatus(pod -> {
          pod.getStatus().setPhase("Failed");
          pod.getStatus().setReason(reason);
          pod.getStatus().setMessage(message);
          pod.getStatus().setContainerStatuses(List.of());
          return pod;
        });
  }

  /** Sets the container status that a kubelet reports. */
  private static void ends(String id, String reason, int exitCode, String message) {
    ObjectNode request = simulated("acme", id);
    startAndThen(
        request,
        () ->
            resource(request)
                .editStatus(pod -> {
                  pod.getStatus().setPhase("Failed");
                  var state =
                      new ContainerStateBuilder()
                          .withNewTerminated()
                          .withReason(reason)
                          .withExitCode(exitCode)
                          .withMessage(message)
                          .endTerminated()
                          .build();
                  pod.getStatus().getContainerStatuses().forEach(c -> c.setState(state));
                  return pod;
                }));
  }

  private static ObjectNode simulated(String tenant, String id) {
    return SimulatedJobPublisher.request(tenant, id, FOREVER);
  }
}
