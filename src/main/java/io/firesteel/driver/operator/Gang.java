package io.firesteel.driver.operator;

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
 * A driver and the executors that it starts with, for schedulers that place them together.
 *
 * @param driver the requests of the driver
 * @param executors how many executors start at once
 */
record Gang(
    SparkApplicationSpec spec,
    Map<String, Quantity> driver,
    ExecutorResources executor,
    int executors) {

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

  /**
   * A pod group that admits the driver as soon as the cluster has room for driver and executors.
   */
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
            .add(
                Quantities.parse(executor.cpu())
                    .orElse(BigDecimal.ZERO)
                    .multiply(BigDecimal.valueOf(executors)));
    return all.stripTrailingZeros().toPlainString();
  }

  private String memory() {
    long driverMebibytes = number(driver.get("memory")).longValue() >> 20;
    return (driverMebibytes + executors * executor.total()) + "Mi";
  }

  private static BigDecimal number(@Nullable Quantity quantity) {
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
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
    return ExecutorPodTemplate.json(groups);
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
