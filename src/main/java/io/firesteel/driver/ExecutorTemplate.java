package io.firesteel.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.firesteel.job.Placement;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.Map;

/**
 * The template from which the driver makes its executors. It carries whatever of the spec no
 * property can say, so that no webhook is needed. The service account is the tenant's, whatever a
 * template says.
 */
final class ExecutorTemplate {

  private static final String CONTAINER = "spark-kubernetes-executor";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ExecutorTemplate() {}

  /** The template; {@code conf} learns the name of Spark's container. */
  static Pod of(
      SparkApplicationSpec spec, Placement placement, DriverNames names, Map<String, String> conf) {
    Pod given = Templates.pod(spec.executor().pod().template());
    Pod pod = given == null ? new Pod() : new PodBuilder(given).build();
    if (pod.getMetadata() == null) {
      pod.setMetadata(new ObjectMeta());
    }
    if (pod.getSpec() == null) {
      pod.setSpec(new PodSpec());
    }
    String nameKey = "spark.kubernetes.executor.podTemplateContainerName";
    Container container = SparkDriver.take(pod.getSpec(), conf.getOrDefault(nameKey, CONTAINER));
    if (container.getName() == null) {
      container.setName(CONTAINER);
    }
    conf.put(nameKey, container.getName());
    pod.getSpec().getContainers().addFirst(container);
    PodEdits.apply(spec, spec.executor().pod(), pod.getSpec(), container);
    Metrics.pod(spec, false, names.metricsMap(), pod.getSpec(), container);
    String account = placement.serviceAccount().isEmpty() ? null : placement.serviceAccount();
    pod.getSpec().setServiceAccount(account);
    pod.getSpec().setServiceAccountName(account);
    return pod;
  }

  /** A template as Spark reads it: JSON, which is YAML too. */
  static String text(Pod template) {
    try {
      return JSON.writeValueAsString(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pod can always be written", e);
    }
  }
}
