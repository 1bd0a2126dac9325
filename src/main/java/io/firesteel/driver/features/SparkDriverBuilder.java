package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.json.ValidationErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds objects from properties. After Spark's {@code KubernetesDriverBuilder} and {@code Client},
 * with the same feature steps in the same order. A test compares the result with Spark's own for
 * each release line.
 */
public final class SparkDriverBuilder {

  private static final String TEMPLATE_CONTAINER =
      "spark.kubernetes.driver.podTemplateContainerName";

  private static final String FEATURES = "org.apache.spark.deploy.k8s.features.";

  /** One of Spark's feature steps. */
  private record FeatureStep(String feature, BiConsumer<Submission, DriverDraft> work) {}

  private static final List<FeatureStep> STEPS =
      List.of(
          new FeatureStep("BasicDriverFeatureStep", BasicDriverFeatureStep::apply),
          new FeatureStep(
              "DriverKubernetesCredentialsFeatureStep", SecretFeatureSteps::serviceAccount),
          new FeatureStep("DriverServiceFeatureStep", DriverServiceFeatureStep::apply),
          new FeatureStep("MountSecretsFeatureStep", SecretFeatureSteps::mounts),
          new FeatureStep("EnvSecretsFeatureStep", SecretFeatureSteps::env),
          new FeatureStep("MountVolumesFeatureStep", MountVolumesFeatureStep::apply),
          new FeatureStep("DriverCommandFeatureStep", DriverCommandFeatureStep::apply),
          new FeatureStep("HadoopConfDriverFeatureStep", HadoopFeatureSteps::hadoop),
          new FeatureStep("KerberosConfDriverFeatureStep", HadoopFeatureSteps::kerberos),
          new FeatureStep("PodTemplateConfigMapStep", PodTemplateConfigMapStep::apply),
          new FeatureStep("LocalDirsFeatureStep", LocalDirsFeatureStep::apply));

  private SparkDriverBuilder() {}

  /** The objects that spark-submit would create; finds errors in the properties. */
  public static DriverDraft build(Submission submission, ValidationErrors errors) {
    DriverDraft draft = fromTemplate(submission, errors);
    Set<String> excluded = excluded(submission, errors);
    STEPS.stream()
        .filter(featureStep -> !excluded.contains(FEATURES + featureStep.feature()))
        .forEach(featureStep -> featureStep.work().accept(submission, draft));
    DriverConfigMapStep.apply(submission, draft);
    return draft;
  }

  /** Since 4.1 steps can be excluded. Custom steps are refused: only spark-submit can run them. */
  private static Set<String> excluded(Submission submission, ValidationErrors errors) {
    String own = "spark.kubernetes.driver.pod.featureSteps";
    if (!submission.conf().string(own, "").isBlank()) {
      errors.add(
          SparkConf.pointerTo(own),
          "names classes that only spark-submit can run",
          "use driver.template, or batchScheduler for Volcano and YuniKorn");
    }
    String names = submission.conf().string("spark.kubernetes.driver.pod.excludedFeatureSteps", "");
    return SparkFeature.EXCLUDED_FEATURE_STEPS.isIn(submission.line())
        ? Arrays.stream(names.split(",", -1)).map(String::trim).collect(Collectors.toSet())
        : Set.of();
  }

  private static DriverDraft fromTemplate(Submission submission, ValidationErrors errors) {
    Pod pod = copyOf(submission.driverTemplate());
    Container container =
        takeSparkContainer(pod.getSpec(), submission.conf().string(TEMPLATE_CONTAINER));
    var properties = new TreeMap<>(submission.conf().entries());
    return new DriverDraft(
        pod, container, properties, new ArrayList<>(), new ArrayList<>(), errors);
  }

  /** A copy of a template, or a new pod; has metadata and a spec. */
  public static Pod copyOf(@Nullable Pod template) {
    Pod pod = template == null ? new Pod() : new PodBuilder(template).build();
    pod.setMetadata(Objects.requireNonNullElseGet(pod.getMetadata(), ObjectMeta::new));
    pod.setSpec(Objects.requireNonNullElseGet(pod.getSpec(), PodSpec::new));
    return pod;
  }

  /** Removes Spark's container from a template: the named one, else the first, else a new one. */
  public static Container takeSparkContainer(PodSpec spec, @Nullable String name) {
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
