package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.firesteel.spec.Problems;
import io.firesteel.spec.SparkLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conf to objects: what Spark's {@code KubernetesDriverBuilder} does with its feature steps and
 * {@code Client} after it, step for step in the same order. A test holds it to Spark's own for each
 * line.
 */
final class SparkDriver {

  private static final String TEMPLATE_CONTAINER =
      "spark.kubernetes.driver.podTemplateContainerName";

  private static final String FEATURES = "org.apache.spark.deploy.k8s.features.";

  /** What one of Spark's feature steps does. */
  private record Step(String feature, BiConsumer<Submission, DriverDraft> work) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("BasicDriverFeatureStep", BasicStep::apply),
          new Step("DriverKubernetesCredentialsFeatureStep", SecretSteps::serviceAccount),
          new Step("DriverServiceFeatureStep", ServiceStep::apply),
          new Step("MountSecretsFeatureStep", SecretSteps::mounts),
          new Step("EnvSecretsFeatureStep", SecretSteps::env),
          new Step("MountVolumesFeatureStep", VolumesStep::apply),
          new Step("DriverCommandFeatureStep", CommandStep::apply),
          new Step("HadoopConfDriverFeatureStep", HadoopSteps::hadoop),
          new Step("KerberosConfDriverFeatureStep", HadoopSteps::kerberos),
          new Step("PodTemplateConfigMapStep", ExecutorTemplateStep::apply),
          new Step("LocalDirsFeatureStep", LocalDirsStep::apply));

  private SparkDriver() {}

  static DriverDraft build(Submission submission, Problems problems) {
    DriverDraft draft = start(submission, problems);
    Set<String> excluded = excluded(submission, problems);
    STEPS.stream()
        .filter(step -> !excluded.contains(FEATURES + step.feature()))
        .forEach(step -> step.work().accept(submission, draft));
    ConfStep.apply(submission, draft);
    return draft;
  }

  /** Since 4.1 single steps can be left out; steps of one's own run only inside spark-submit. */
  private static Set<String> excluded(Submission submission, Problems problems) {
    String own = "spark.kubernetes.driver.pod.featureSteps";
    if (!submission.conf().text(own, "").isBlank()) {
      problems.add(
          SparkConf.path(own),
          "names classes that would have to run inside spark-submit",
          "use driver.template, or batchScheduler for Volcano and YuniKorn");
    }
    String names = submission.conf().text("spark.kubernetes.driver.pod.excludedFeatureSteps", "");
    return submission.line().atLeast(SparkLine.V4_1)
        ? Arrays.stream(names.split(",", -1)).map(String::trim).collect(Collectors.toSet())
        : Set.of();
  }

  private static DriverDraft start(Submission submission, Problems problems) {
    Pod template = submission.driverTemplate();
    Pod pod = template == null ? new Pod() : new PodBuilder(template).build();
    if (pod.getMetadata() == null) {
      pod.setMetadata(new ObjectMeta());
    }
    if (pod.getSpec() == null) {
      pod.setSpec(new PodSpec());
    }
    Container container = take(pod.getSpec(), submission.conf().text(TEMPLATE_CONTAINER));
    var properties = new TreeMap<>(submission.conf().entries());
    return new DriverDraft(
        pod, container, properties, new ArrayList<>(), new ArrayList<>(), problems);
  }

  /** Spark's container of a template: the named one, else the first, else a new one. */
  static Container take(PodSpec spec, @Nullable String name) {
    List<Container> containers = new ArrayList<>(spec.getContainers());
    if (containers.isEmpty()) {
      spec.setContainers(containers);
      return new ContainerBuilder().build();
    }
    Container spark =
        containers.stream()
            .filter(c -> c.getName() != null && c.getName().equals(name))
            .findFirst()
            .orElse(containers.getFirst());
    containers.remove(spark);
    spec.setContainers(containers);
    return spark;
  }
}
