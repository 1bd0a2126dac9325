package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverPorts;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Name, labels, image, ports, environment of the driver. After {@code BasicDriverFeatureStep}. */
public final class BasicDriverFeatureStep {

  public static final String CONTAINER = "spark-kubernetes-driver";
  private static final String LABELS = "spark.kubernetes.driver.label.";

  private BasicDriverFeatureStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    SparkConf conf = submission.conf();
    container(submission, draft);
    environment(submission, draft);
    DriverResources.apply(submission, draft);
    metadata(submission, draft);
    podSpec(conf, draft.pod().getSpec());
    draft.properties().put("spark.kubernetes.driver.pod.name", draft.pod().getMetadata().getName());
    draft.properties().put("spark.app.id", submission.names().applicationId());
    draft.properties().put("spark.kubernetes.submitInDriver", "true");
  }

  private static void container(Submission submission, DriverDraft draft) {
    SparkConf conf = submission.conf();
    var container = draft.container();
    if (container.getName() == null) {
      container.setName(CONTAINER);
    }
    String image =
        conf.string(
            "spark.kubernetes.driver.container.image",
            conf.string("spark.kubernetes.container.image", ""));
    if (image.isBlank()) {
      draft
          .errors()
          .add("/driver/image", "is missing", "set it, or set /image for driver and executors");
    }
    container.setImage(
        SparkFeature.PLACEHOLDERS_IN_IMAGES.isIn(submission.line())
            ? image.replace("{{SPARK_VERSION}}", submission.version())
            : image);
    container.setImagePullPolicy(
        conf.string("spark.kubernetes.container.image.pullPolicy", "IfNotPresent"));
    DriverPorts.of(submission)
        .byName()
        .forEach((name, port) ->
            container.getPorts().add(new ContainerPort(port, null, null, name, "TCP")));
  }

  private static void environment(Submission submission, DriverDraft draft) {
    draft.env("SPARK_USER", submission.names().user());
    draft.env("SPARK_APPLICATION_ID", submission.names().applicationId());
    submission.conf().withPrefix("spark.kubernetes.driverEnv.").forEach(draft::env);
    draft.envFromField("SPARK_DRIVER_BIND_ADDRESS", "status.podIP");
  }

  private static void metadata(Submission submission, DriverDraft draft) {
    ObjectMeta metadata = draft.pod().getMetadata();
    metadata.setName(
        submission
            .conf()
            .string("spark.kubernetes.driver.pod.name", submission.names().prefix() + "-driver"));
    metadata.setLabels(PodLabels.merged(metadata.getLabels(), labels(submission, draft)));
    metadata.setAnnotations(PodLabels.merged(metadata.getAnnotations(), annotations(submission)));
  }

  /** The labels of the driver, by which its Service selects it too. */
  static Map<String, String> labels(Submission submission, DriverDraft draft) {
    var labels = new TreeMap<String, String>();
    var preset = presetLabels(submission);
    submission
        .conf()
        .withPrefix(LABELS)
        .forEach((key, value) -> {
          if (preset.containsKey(key)) {
            draft.invalid(LABELS + key, "is a label of Spark", "choose another name");
          }
          labels.put(
              key,
              SparkFeature.PLACEHOLDERS_IN_LABELS.isIn(submission.line())
                  ? substituted(value, submission)
                  : value);
        });
    labels.putAll(preset);
    return labels;
  }

  private static Map<String, String> presetLabels(Submission submission) {
    return Map.of(
        PodLabels.SPARK_VERSION, submission.version(),
        PodLabels.SPARK_APP_SELECTOR, submission.names().applicationId(),
        PodLabels.SPARK_APP_NAME, appNameLabel(submission.conf().string("spark.app.name", "spark")),
        PodLabels.SPARK_ROLE, "driver");
  }

  private static Map<String, String> annotations(Submission submission) {
    var annotations = submission.conf().withPrefix("spark.kubernetes.driver.annotation.");
    annotations.replaceAll((_, value) -> substituted(value, submission));
    return annotations;
  }

  private static String substituted(String value, Submission submission) {
    return value
        .replace("{{APP_ID}}", submission.names().applicationId())
        .replace("{{EXECUTOR_ID}}", "");
  }

  /** After {@code KubernetesConf.getAppNameLabel}. */
  static String appNameLabel(String name) {
    String label =
        name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9\\-]", "-").replaceAll("-+", "-");
    label = label.substring(0, Math.min(63, label.length()));
    label = label.startsWith("-") ? label.substring(1) : label;
    return label.endsWith("-") ? label.substring(0, label.length() - 1) : label;
  }

  private static void podSpec(SparkConf conf, PodSpec spec) {
    spec.setRestartPolicy("Never");
    var selector = new TreeMap<>(conf.withPrefix("spark.kubernetes.node.selector."));
    selector.putAll(conf.withPrefix("spark.kubernetes.driver.node.selector."));
    spec.setNodeSelector(PodLabels.merged(spec.getNodeSelector(), selector));
    Arrays.stream(conf.string("spark.kubernetes.container.image.pullSecrets", "").split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .forEach(name -> spec.getImagePullSecrets().add(new LocalObjectReference(name)));
    String scheduler =
        conf.string(
            "spark.kubernetes.driver.scheduler.name",
            conf.string("spark.kubernetes.scheduler.name", ""));
    if (!scheduler.isEmpty()) {
      spec.setSchedulerName(scheduler);
    }
  }
}
