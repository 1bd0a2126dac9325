package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The largest size that a job can reach: the driver's pod, and executors by their properties and
 * their template. Infinite if it is unbounded or if an amount cannot be parsed.
 *
 * @param memory in bytes
 */
record JobSize(double cores, double memory, double executors) {

  private static final double MIN_OVERHEAD = 384 << 20;

  static JobSize of(Map<String, String> conf, JsonNode driverPod, JsonNode executorTemplate) {
    double executors = executors(conf);
    return new JobSize(
        Math.max(cores(conf, "driver"), total(driverPod, "cpu"))
            + times(executors, executor(cores(conf, "executor"), executorTemplate, "cpu")),
        Math.max(memory(conf, "driver"), total(driverPod, "memory"))
            + times(executors, executor(memory(conf, "executor"), executorTemplate, "memory")),
        executors);
  }

  private static double times(double count, double each) {
    return count == 0 || each == 0 ? 0 : count * each;
  }

  private static double executors(Map<String, String> conf) {
    double fixed = number(conf, "spark.executor.instances", "1");
    boolean dynamic =
        conf.getOrDefault("spark.dynamicAllocation.enabled", "false")
            .strip()
            .equalsIgnoreCase("true");
    return dynamic
        ? Math.max(
            number(conf, "spark.dynamicAllocation.maxExecutors", "x"),
            number(conf, "spark.dynamicAllocation.initialExecutors", "0"))
        : fixed;
  }

  private static double number(Map<String, String> conf, String key, String defaultValue) {
    return Sizes.cores(conf.getOrDefault(key, defaultValue)).orElse(Double.POSITIVE_INFINITY);
  }

  private static double cores(Map<String, String> conf, String role) {
    String kubernetes = "spark.kubernetes." + role;
    return Math.max(
        number(conf, "spark." + role + ".cores", "1"),
        Math.max(
            number(conf, kubernetes + ".request.cores", "0"),
            number(conf, kubernetes + ".limit.cores", "0")));
  }

  private static double memory(Map<String, String> conf, String role) {
    double heap = size(conf, "spark." + role + ".memory", "1g");
    boolean jvm = conf.getOrDefault("spark.kubernetes.resource.type", "java").equals("java");
    double factor =
        Stream.of(
                "spark." + role + ".memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor")
            .mapToDouble(key -> number(conf, key, jvm ? "0.1" : "0.4"))
            .max()
            .orElse(0);
    String overheadText = conf.get("spark." + role + ".memoryOverhead");
    double overhead =
        overheadText == null
            ? Math.max(MIN_OVERHEAD, heap * factor)
            : size(conf, "spark." + role + ".memoryOverhead", "0m");
    double additional =
        role.equals("executor")
            ? size(conf, "spark.executor.pyspark.memory", "0m")
                + size(conf, "spark.memory.offHeap.size", "0m")
            : 0;
    return heap + overhead + additional;
  }

  private static double size(Map<String, String> conf, String key, String defaultValue) {
    Optional<Long> bytes = Sizes.mebibytesOrBytes(conf.getOrDefault(key, defaultValue));
    return bytes.map(Long::doubleValue).orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The size of an executor. Spark's container is the first one of the template; the properties of
   * Spark apply to it.
   */
  private static double executor(double byProperties, JsonNode template, String resource) {
    double spark = largest(template.at("/spec/containers/0/resources"), resource);
    return total(template, resource) - spark + Math.max(spark, byProperties);
  }

  /** The sum of the larger of requests and limits over all containers of a pod. */
  private static double total(JsonNode pod, String resource) {
    return Stream.of("containers", "initContainers")
        .flatMap(kind -> StreamSupport.stream(pod.path("spec").path(kind).spliterator(), false))
        .mapToDouble(container -> largest(container.path("resources"), resource))
        .sum();
  }

  private static double largest(JsonNode resources, String resource) {
    Function<String, Optional<Double>> reader =
        resource.equals("cpu") ? Sizes::cores : text -> Sizes.quantity(text).map(Long::doubleValue);
    return Stream.of("requests", "limits")
        .map(kind -> resources.path(kind).path(resource))
        .filter(JsonNode::isValueNode)
        .mapToDouble(node -> reader.apply(node.asText()).orElse(Double.POSITIVE_INFINITY))
        .max()
        .orElse(0);
  }
}
