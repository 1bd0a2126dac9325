package io.firesteel.driver.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.driver.features.ExecutorResources;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkApplicationType;
import io.firesteel.spec.SparkPodSpec;
import io.firesteel.spec.quantity.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A driver and the executors it starts with: how many, and how much of what they need.
 *
 * @param driver CPU and memory the driver asks for
 * @param executors how many start at once
 */
record Gang(
    SparkApplicationSpec spec,
    Map<String, Quantity> driver,
    ExecutorResources executor,
    int executors) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  static Gang of(SparkApplicationSpec spec, DriverDraft draft) {
    SparkConf conf = SparkConf.of(draft.properties(), draft.errors());
    return new Gang(
        spec,
        draft.container().getResources().getRequests(),
        ExecutorResources.of(conf, spec.line(), spec.type() == SparkApplicationType.PYTHON),
        executors(conf));
  }

  /** After Spark's {@code SchedulerBackendUtils.getInitialTargetExecutorNumber}. */
  private static int executors(SparkConf conf) {
    if (!conf.bool("spark.dynamicAllocation.enabled", false)) {
      return conf.integer("spark.executor.instances", 1);
    }
    int least = conf.integer("spark.dynamicAllocation.minExecutors", 0);
    int initial = conf.integer("spark.dynamicAllocation.initialExecutors", least);
    return Math.max(Math.max(least, initial), conf.integer("spark.executor.instances", 0));
  }

  /** A pod group that lets the driver in as soon as there is room for all. */
  GenericKubernetesResource podGroup(String version, String name, Map<String, Object> more) {
    var metadata = new ObjectMeta();
    metadata.setName(name);
    var body = new TreeMap<String, Object>();
    body.put("minMember", 1);
    body.put("minResources", new TreeMap<>(Map.of("cpu", cpu(), "memory", memory())));
    body.putAll(more);
    var group = new GenericKubernetesResource();
    group.setApiVersion(version);
    group.setKind("PodGroup");
    group.setMetadata(metadata);
    group.setAdditionalProperty("spec", body);
    return group;
  }

  private String cpu() {
    BigDecimal all =
        number(driver.get("cpu"))
            .add(number(parsed(executor.cpu())).multiply(BigDecimal.valueOf(executors)));
    return all.stripTrailingZeros().toPlainString();
  }

  private String memory() {
    long driverMebibytes = number(driver.get("memory")).longValue() >> 20;
    return (driverMebibytes + executors * executor.total()) + "Mi";
  }

  private static BigDecimal number(@Nullable Quantity quantity) {
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
  }

  private static @Nullable Quantity parsed(String text) {
    return Quantities.isValid(text) ? Quantity.parse(text) : null;
  }

  /** YuniKorn's annotation; without executors at the start there is only the driver's group. */
  String taskGroups() {
    var groups = new ArrayList<Map<String, Object>>();
    var own = new TreeMap<String, String>();
    driver.forEach((name, amount) -> own.put(name, amount.toString()));
    groups.add(group("spark-driver", 1, own, spec.driver().pod()));
    if (executors > 0) {
      var each = Map.of("cpu", executor.cpu(), "memory", executor.total() + "Mi");
      groups.add(group("spark-executor", executors, each, spec.executor().pod()));
    }
    try {
      return JSON.writeValueAsString(groups);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("task groups can always be written", e);
    }
  }

  private Map<String, Object> group(
      String name, int members, Map<String, String> resources, SparkPodSpec pod) {
    var group = new TreeMap<String, Object>();
    group.put("name", name);
    group.put("minMember", members);
    group.put("minResource", new TreeMap<>(resources));
    var selector = new TreeMap<>(spec.nodeSelector());
    selector.putAll(pod.nodeSelector());
    if (!selector.isEmpty()) {
      group.put("nodeSelector", selector);
    }
    if (!pod.tolerations().isEmpty()) {
      group.put("tolerations", List.copyOf(pod.tolerations()));
    }
    if (pod.affinity() != null) {
      group.put("affinity", pod.affinity());
    }
    if (!pod.labels().isEmpty()) {
      group.put("labels", new TreeMap<>(pod.labels()));
    }
    return group;
  }
}
