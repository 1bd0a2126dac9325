package io.firesteel.driver.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.firesteel.driver.features.SparkDriverBuilder;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.job.Placement;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.Map;

/**
 * The pod template of the executors. It holds the fields of the spec that have no Spark property,
 * so that no webhook is needed. The service account is the tenant's, whatever a template says.
 */
public final class ExecutorPodTemplate {

  private static final String CONTAINER = "spark-kubernetes-executor";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ExecutorPodTemplate() {}

  /** The template; sets the name of Spark's container in {@code conf}. */
  public static Pod of(
      SparkApplicationSpec spec, Placement placement, DriverNames names, Map<String, String> conf) {
    Pod pod = SparkDriverBuilder.copyOf(PodTemplates.pod(spec.executor().pod().template()));
    String nameKey = "spark.kubernetes.executor.podTemplateContainerName";
    Container container =
        SparkDriverBuilder.takeSparkContainer(pod.getSpec(), conf.getOrDefault(nameKey, CONTAINER));
    if (container.getName() == null) {
      container.setName(CONTAINER);
    }
    conf.put(nameKey, container.getName());
    pod.getSpec().getContainers().addFirst(container);
    PodMutations.apply(spec, spec.executor().pod(), pod.getSpec(), container);
    MonitoringConfig.pod(spec, false, names.metricsMap(), pod.getSpec(), container);
    String account = placement.serviceAccount().isEmpty() ? null : placement.serviceAccount();
    pod.getSpec().setServiceAccount(account);
    pod.getSpec().setServiceAccountName(account);
    if (!SparkFeature.NODE_SELECTOR_OF_ROLE.isIn(spec.line())) {
      var selector = spec.executor().pod().nodeSelector();
      pod.getSpec().setNodeSelector(PodLabels.merged(pod.getSpec().getNodeSelector(), selector));
    }
    return pod;
  }

  /** JSON, which Spark reads as YAML. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getName(), e);
    }
  }
}
