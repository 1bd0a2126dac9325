package io.firesteel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.quantity.MemoryOverhead;
import io.firesteel.spec.quantity.MemorySize;
import io.firesteel.spec.quantity.Quantities;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An upper bound of what a job can request, driver and executors together: the driver's pod as
 * built, and the executors by the properties that size Spark's container and by their template.
 * Infinite if an amount is unbounded or not valid.
 *
 * @param memory in bytes
 * @param resources GPUs and other resources, by their Kubernetes name
 */
record JobSize(double cores, double memory, double executors, Map<String, Double> resources) {

  private static final Pattern CONF_AMOUNT =
      Pattern.compile("spark\\.executor\\.resource\\.(.+)\\.amount");

  static JobSize of(Map<String, String> conf, JsonNode driverPod, JsonNode executorTemplate) {
    double executors = executors(conf);
    return new JobSize(
        Math.max(cores(conf, "driver"), total(driverPod, "cpu"))
            + times(executors, executor(cores(conf, "executor"), executorTemplate, "cpu")),
        Math.max(memory(conf, "driver"), total(driverPod, "memory"))
            + times(executors, executor(memory(conf, "executor"), executorTemplate, "memory")),
        executors,
        resources(conf, driverPod, executorTemplate, executors));
  }

  private static Map<String, Double> resources(
      Map<String, String> conf, JsonNode driverPod, JsonNode executorTemplate, double executors) {
    var byProperties = new TreeMap<String, Double>();
    conf.keySet()
        .forEach(key -> {
          Matcher amount = CONF_AMOUNT.matcher(key);
          if (amount.matches()) {
            byProperties.put(resource(conf, "executor", amount.group(1)), number(conf, key, "0"));
          }
        });
    return Stream.of(names(driverPod), names(executorTemplate), byProperties.keySet().stream())
        .flatMap(names -> names)
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name ->
                    total(driverPod, name)
                        + times(
                            executors,
                            executor(
                                byProperties.getOrDefault(name, 0.0), executorTemplate, name))));
  }

  /** The Kubernetes name of a resource that Spark properties request. */
  static String resource(Map<String, String> conf, String role, String name) {
    String vendor = conf.get("spark." + role + ".resource." + name + ".vendor");
    return vendor == null ? name : vendor.strip() + "/" + name;
  }

  private static Stream<String> names(JsonNode pod) {
    return requirements(pod)
        .flatMap(resources -> Stream.of(resources.path("requests"), resources.path("limits")))
        .flatMap(amounts -> amounts.properties().stream())
        .map(Map.Entry::getKey);
  }

  private static Stream<JsonNode> requirements(JsonNode pod) {
    return Stream.concat(
        containers(pod).map(container -> container.path("resources")),
        Stream.of(pod.at("/spec/resources")));
  }

  private static Stream<JsonNode> containers(JsonNode pod) {
    return Stream.of("containers", "initContainers")
        .flatMap(kind -> StreamSupport.stream(pod.path("spec").path(kind).spliterator(), false));
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

  private static double number(Map<String, String> conf, String key, String otherwise) {
    return amount(conf.getOrDefault(key, otherwise).strip());
  }

  /** A negative amount is not valid: it would offset other amounts. */
  private static double amount(String quantity) {
    return Quantities.parse(quantity)
        .filter(amount -> amount.signum() >= 0)
        .map(BigDecimal::doubleValue)
        .orElse(Double.POSITIVE_INFINITY);
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
    double heap = size(conf, "spark." + role + ".memory", "1g", MemorySize.MEBIBYTE);
    boolean jvm = conf.getOrDefault("spark.kubernetes.resource.type", "java").equals("java");
    String defaultFactor = Double.toString(MemoryOverhead.factor(jvm));
    double factor =
        Stream.of(
                "spark." + role + ".memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor")
            .mapToDouble(key -> number(conf, key, defaultFactor))
            .max()
            .orElse(0);
    String key = "spark." + role + ".memoryOverhead";
    double overhead =
        conf.containsKey(key)
            ? size(conf, key, "0", MemorySize.MEBIBYTE)
            : Math.max(MemoryOverhead.MIN_MEBIBYTES * MemorySize.MEBIBYTE, heap * factor);
    double beside =
        role.equals("executor")
            ? size(conf, "spark.executor.pyspark.memory", "0", MemorySize.MEBIBYTE)
                + size(conf, "spark.memory.offHeap.size", "0", 1)
            : 0;
    return heap + overhead + beside;
  }

  private static double size(
      Map<String, String> conf, String key, String otherwise, long defaultUnit) {
    OptionalLong bytes = MemorySize.bytes(conf.getOrDefault(key, otherwise), defaultUnit);
    return bytes.isPresent() ? bytes.getAsLong() : Double.POSITIVE_INFINITY;
  }

  /** Spark's container is the first of the template; its properties override the template. */
  private static double executor(double byProperties, JsonNode template, String resource) {
    double spark = largest(template.at("/spec/containers/0/resources"), resource);
    return total(template, resource) - spark + Math.max(spark, byProperties);
  }

  /** The requests or limits, whichever is larger, of all containers of a pod, or of the pod. */
  private static double total(JsonNode pod, String resource) {
    double all =
        containers(pod)
            .mapToDouble(container -> largest(container.path("resources"), resource))
            .sum();
    return Math.max(all, largest(pod.at("/spec/resources"), resource));
  }

  private static double largest(JsonNode resources, String resource) {
    return Stream.of("requests", "limits")
        .map(kind -> resources.path(kind).path(resource))
        .filter(JsonNode::isValueNode)
        .mapToDouble(node -> amount(node.asText()))
        .max()
        .orElse(0);
  }
}
