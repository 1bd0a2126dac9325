package io.firesteel.cluster.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.firesteel.cluster.api.PodReader;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Drivers that run a shell instead of Spark, and pods that are foreign.
 *
 * @param image has a shell
 */
record ContractDrivers(String namespace, String image) {

  private static final long NOBODY = 65534;

  /** A script that outlives its test. */
  static final String FOREVER = "sleep 600";

  DesiredDriver running(String id, String script) {
    return running(id, script, _ -> {});
  }

  DesiredDriver running(String id, String script, Consumer<ObjectNode> change) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.put("type", "Java").put("sparkVersion", "4.1.1").put("image", image);
    spec.put("mainClass", "Main").put("mainApplicationFile", "local:///main.jar");
    ObjectNode driver = spec.putObject("driver").put("memory", "64m").put("memoryOverhead", "16m");
    driver.put("coreRequest", "50m").put("terminationGracePeriodSeconds", 1);
    // The defaults, and a user: that of the image may be root, with which no kubelet starts them.
    ObjectNode security = driver.putObject("podSecurityContext").put("runAsNonRoot", true);
    security.put("runAsUser", NOBODY).putObject("seccompProfile").put("type", "RuntimeDefault");
    ArrayNode containers = driver.putObject("template").putObject("spec").putArray("containers");
    ObjectNode container = containers.addObject().put("name", PodReader.DRIVER_CONTAINER);
    container.putArray("command").add("sh").add("-c").add(script);
    spec.putObject("executor").put("instances", 1).put("cores", 1).put("memory", "512m");
    change.accept(spec);
    Attempt attempt = new Attempt(new JobKey("contract", id), 1, 1);
    Placement here = new Placement(namespace, "spark");
    return new DesiredDriver(attempt, "contract", here, null, false, Map.of(), null, spec);
  }

  DesiredDriver in(Placement placement, DesiredDriver driver) {
    return new DesiredDriver(
        driver.attempt(), driver.cohort(), placement, null, false, Map.of(), null, driver.spec());
  }

  /** What the API server calls invalid. */
  static void addAContainerWithoutImage(ObjectNode spec) {
    ((ArrayNode) spec.at("/driver/template/spec/containers")).addObject().put("name", "beside");
  }

  Pod plain(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("theirs")
        .withImage(image)
        .withCommand("sh", "-c", FOREVER)
        .endContainer()
        .endSpec()
        .build();
  }
}
