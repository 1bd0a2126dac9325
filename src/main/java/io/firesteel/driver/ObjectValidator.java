package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.driver.operator.ExecutorPodTemplate;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.spec.validation.SpecErrors;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an API server or a kernel would refuse in finished objects: labels, names that meet, mounts
 * of nothing, sizes. The limits are those of {@code pkg/apis/core/validation} of Kubernetes and of
 * Linux.
 */
final class ObjectValidator {

  private static final List<String> SPARK_LABELS =
      List.of(
          PodLabels.SPARK_VERSION,
          PodLabels.SPARK_APP_SELECTOR,
          PodLabels.SPARK_APP_NAME,
          PodLabels.SPARK_ROLE,
          "spark-exec-id",
          "spark-exec-resourceprofile-id");
  private static final int MAX_ANNOTATION_BYTES = 256 * 1024;
  private static final int MAX_CONFIG_MAP_BYTES = 1024 * 1024;
  private static final int MAX_ARGUMENT_BYTES = 128 * 1024 - 1;

  /** With the field owners that the API server adds, it stays below what etcd takes. */
  private static final int POD_BYTES = 512 * 1024;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern ENV_NAME = Pattern.compile("[ -<>-~]+");

  private final String role;
  private final SpecErrors errors;

  private ObjectValidator(String role, SpecErrors specErrors) {
    this.role = role;
    this.errors = specErrors;
  }

  static void validate(DriverDraft draft) {
    var checks = new ObjectValidator("/driver", draft.errors());
    checks.metadata(draft.pod().getMetadata());
    for (HasMetadata object : draft.owned()) {
      checks.metadata(object.getMetadata());
      if (object instanceof ConfigMap map) {
        checks.configMap(map);
      }
    }
    checks.volumes(draft.pod().getSpec());
    checks.containers(draft.pod().getSpec());
    checks.arguments(draft.container());
    checks.pod(draft.pod());
  }

  /** What the driver will make executors from. */
  static void executorTemplate(Pod template, SpecErrors specErrors) {
    var checks = new ObjectValidator("/executor", specErrors);
    checks.metadata(template.getMetadata());
    checks.volumes(template.getSpec());
    checks.containers(template.getSpec());
  }

  /** Labels and annotations that the driver will give executors. */
  static void executorMetadata(SparkConf conf, SpecErrors specErrors) {
    var metadata = new ObjectMeta();
    var labels = conf.withPrefix("spark.kubernetes.executor.label.");
    for (String own : SPARK_LABELS) {
      if (labels.containsKey(own)) {
        specErrors.add("/executor/labels", "has Spark's own label " + own, "choose another name");
      }
    }
    labels.replaceAll((_, v) -> v.replace("{{APP_ID}}", "a").replace("{{EXECUTOR_ID}}", "1"));
    metadata.setLabels(labels);
    metadata.setAnnotations(conf.withPrefix("spark.kubernetes.executor.annotation."));
    new ObjectValidator("/executor", specErrors).metadata(metadata);
  }

  private void metadata(ObjectMeta metadata) {
    orEmpty(metadata.getLabels()).forEach(this::label);
    long bytes = 0;
    for (Map.Entry<String, String> a : orEmpty(metadata.getAnnotations()).entrySet()) {
      bytes += size(a.getKey()) + size(a.getValue());
      if (!PodLabels.isValidKey(a.getKey())) {
        errors.add(role + "/annotations", "has a key that is none: " + a.getKey(), "rename it");
      }
    }
    if (bytes > MAX_ANNOTATION_BYTES) {
      errors.add(role + "/annotations", "are larger than 256 KiB", "shorten them");
    }
  }

  private void label(String key, String value) {
    if (!PodLabels.isValidKey(key) || !PodLabels.isValidValue(value)) {
      errors.add(
          role + "/labels",
          "has one that Kubernetes does not take: " + key,
          "use at most 63 letters, digits, '-', '_' and '.', or an annotation");
    }
  }

  private void configMap(ConfigMap map) {
    long bytes =
        map.getData().entrySet().stream()
            .mapToLong(e -> size(e.getKey()) + size(e.getValue()))
            .sum();
    if (bytes > MAX_CONFIG_MAP_BYTES) {
      errors.add(
          "/sparkConf",
          "makes a ConfigMap of " + bytes + " bytes, and a ConfigMap holds 1 MiB",
          "put long values into files of the image");
    }
  }

  private void volumes(PodSpec pod) {
    var names = new HashSet<String>();
    for (Volume volume : pod.getVolumes()) {
      if (!DNS_LABEL.matcher(volume.getName()).matches()) {
        errors.add(
            "/volumes",
            "has a name that Kubernetes does not take: " + volume.getName(),
            "use at most 63 lower case letters, digits and '-'");
      }
      if (!names.add(volume.getName())) {
        errors.add("/volumes", "has two of the name " + volume.getName(), "give each its own name");
      }
    }
    for (Container container : pod.getContainers()) {
      mounts(container, names);
    }
  }

  private void mounts(Container container, Set<String> volumes) {
    var paths = new HashSet<String>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      if (!volumes.contains(mount.getName())) {
        errors.add(
            role + "/volumeMounts",
            "mounts a volume that is not there: " + mount.getName(),
            "add it to /volumes");
      }
      if (!paths.add(mount.getMountPath())) {
        errors.add(
            role + "/volumeMounts",
            "has two at " + mount.getMountPath(),
            "mount each volume at a path of its own");
      }
    }
  }

  private void containers(PodSpec pod) {
    var names = new HashSet<String>();
    for (List<Container> all : List.of(pod.getInitContainers(), pod.getContainers())) {
      for (Container container : all) {
        if (container.getName() == null || !DNS_LABEL.matcher(container.getName()).matches()) {
          errors.add(role + "/sidecars", "has a container without a valid name", "name it");
        } else if (!names.add(container.getName())) {
          errors.add(
              role + "/sidecars",
              "has two containers of the name " + container.getName(),
              "give each its own name");
        }
        container.getEnv().forEach(this::env);
      }
    }
  }

  private void env(EnvVar variable) {
    if (!ENV_NAME.matcher(variable.getName()).matches()) {
      errors.add(
          role + "/env",
          "has a name that is none: " + variable.getName(),
          "use letters, digits, '_'");
    }
  }

  private void arguments(Container container) {
    for (String argument : container.getArgs()) {
      long bytes = size(argument);
      if (bytes > MAX_ARGUMENT_BYTES) {
        errors.add(
            "/arguments",
            "has one of " + bytes + " bytes, and Linux takes " + MAX_ARGUMENT_BYTES,
            "put it into a file the job reads");
      }
    }
  }

  private void pod(Pod pod) {
    long bytes = size(ExecutorPodTemplate.text(pod));
    if (bytes > POD_BYTES) {
      errors.add(
          "/driver",
          "makes a pod of "
              + bytes
              + " bytes with all that concerns it, and it may have "
              + POD_BYTES,
          "put long arguments and values into files that the job reads");
    }
  }

  private static long size(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
