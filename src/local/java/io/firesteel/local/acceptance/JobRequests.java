package io.firesteel.local.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Requests for small jobs with a Spark image, without tenant and id. */
record JobRequests(SparkImage image) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_NODE = "firesteel.io/acceptance";
  private static final String MOUNT = "/etc/acceptance";

  /** Estimates Pi with executors. */
  ObjectNode pi(String slices) {
    return java(image.mainClass(), slices);
  }

  /** Runs a jar out of a Secret in a volume. */
  ObjectNode probe(String argument) {
    ObjectNode request = java(ProbeJar.MAIN_CLASS, argument);
    ObjectNode spec = request.withObject("/spec");
    spec.put("mainApplicationFile", "local://" + MOUNT + "/" + ProbeJar.NAME);
    spec.withArray("/driver/secrets")
        .addObject()
        .put("name", JobPlan.SECRET)
        .put("path", MOUNT)
        .put("secretType", "Generic");
    return request;
  }

  private ObjectNode java(String mainClass, String... arguments) {
    ObjectNode request = application("Java", image.example());
    ObjectNode spec = request.withObject("/spec").put("mainClass", mainClass);
    List.of(arguments).forEach(spec.putArray("arguments")::add);
    return request;
  }

  /** The same in Python. */
  ObjectNode python(String file) {
    ObjectNode request = application("Python", file);
    request.withObject("/spec").put("pythonVersion", "3").putArray("arguments").add("2");
    return request;
  }

  private ObjectNode application(String type, String file) {
    ObjectNode request = JSON.createObjectNode();
    ObjectNode spec =
        request
            .putObject("spec")
            .put("type", type)
            .put("mode", "cluster")
            .put("sparkVersion", image.version())
            .put("image", image.name())
            .put("mainApplicationFile", "local://" + SparkImage.EXAMPLES + file);
    spec.putObject("restartPolicy").put("type", "Never");
    spec.putObject("driver").put("cores", 1).put("coreRequest", "100m").put("memory", "512m");
    spec.putObject("executor")
        .put("instances", 1)
        .put("cores", 1)
        .put("coreRequest", "100m")
        .put("memory", "512m");
    return request;
  }

  /** No node takes its driver. */
  ObjectNode unschedulable() {
    ObjectNode request = pi("2");
    request.withObject("/spec/driver/nodeSelector").put(NO_NODE, "none");
    return request;
  }

  /** Its driver runs and waits, without using the processor, for an executor that never starts. */
  ObjectNode waiting() {
    ObjectNode request = pi("2");
    request.withObject("/spec/executor/nodeSelector").put(NO_NODE, "none");
    return request;
  }
}
