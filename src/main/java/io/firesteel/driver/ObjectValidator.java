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
import io.firesteel.json.ValidationErrors;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an API server or a kernel would refuse in finished objects: labels, repeated names,
 * mounts without a volume, sizes. The limits are those of Kubernetes' {@code
 * pkg/apis/core/validation} and of Linux.
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

  /** Leaves room for the field owners that the API server adds: etcd has a limit. */
  private static final int POD_BYTES = 512 * 1024;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern ENV_NAME = Pattern.compile("[ -<>-~]+");

  private final String role;
  private final ValidationErrors errors;

  private ObjectValidator(String role, ValidationErrors errors) {
    this.role = role;
    this.errors = errors;
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

  /** Validates the template of the executors. */
  static void executorTemplate(Pod template, ValidationErrors errors) {
    var checks = new ObjectValidator("/executor", errors);
    checks.metadata(template.getMetadata());
    checks.volumes(template.getSpec());
    checks.containers(template.getSpec());
  }

  /** Validates the labels and annotations of the executors. */
  static void executorMetadata(SparkConf conf, ValidationErrors errors) {
    var metadata = new ObjectMeta();
    var labels = conf.withPrefix("spark.kubernetes.executor.label.");
    for (String own : SPARK_LABELS) {
      if (labels.containsKey(own)) {
        errors.add(
            "/executor/labels",
            "has the label " + own + ", which Spark sets",
            "choose another name");
      }
    }
    labels.replaceAll((_, v) -> v.replace("{{APP_ID}}", "a").replace("{{EXECUTOR_ID}}", "1"));
    metadata.setLabels(labels);
    metadata.setAnnotations(conf.withPrefix("spark.kubernetes.executor.annotation."));
    new ObjectValidator("/executor", errors).metadata(metadata);
  }

  private void metadata(ObjectMeta metadata) {
    PodLabels.merged(metadata.getLabels(), Map.of()).forEach(this::label);
    long bytes = 0;
    for (Map.Entry<String, String> a :
        PodLabels.merged(metadata.getAnnotations(), Map.of()).entrySet()) {
      bytes += size(a.getKey()) + size(a.getValue());
      if (!PodLabels.isValidKey(a.getKey())) {
        errors.add(role + "/annotations", "has an invalid key: " + a.getKey(), "rename it");
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
          "has an invalid label: " + key,
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
          "makes a ConfigMap of " + bytes + " bytes; the limit is 1 MiB",
          "put long values into files of the image");
    }
  }

  private void volumes(PodSpec pod) {
    var names = new HashSet<String>();
    for (Volume volume : pod.getVolumes()) {
      if (!DNS_LABEL.matcher(volume.getName()).matches()) {
        errors.add(
            "/volumes",
            "has an invalid name: " + volume.getName(),
            "use at most 63 lower case letters, digits and '-'");
      }
      if (!names.add(volume.getName())) {
        errors.add(
            "/volumes", "has two volumes named " + volume.getName(), "give each its own name");
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
            "mounts a volume that does not exist: " + mount.getName(),
            "add it to /volumes");
      }
      if (!paths.add(mount.getMountPath())) {
        errors.add(
            role + "/volumeMounts",
            "mounts two volumes at " + mount.getMountPath(),
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
              "has two containers named " + container.getName(),
              "give each its own name");
        }
        container.getEnv().forEach(this::env);
      }
    }
  }

  private void env(EnvVar variable) {
    if (!ENV_NAME.matcher(variable.getName()).matches()) {
      errors.add(
          role + "/env", "has an invalid name: " + variable.getName(), "use letters, digits, '_'");
    }
  }

  private void arguments(Container container) {
    for (String argument : container.getArgs()) {
      long bytes = size(argument);
      if (bytes > MAX_ARGUMENT_BYTES) {
        errors.add(
            "/arguments",
            "has an argument of " + bytes + " bytes; Linux allows " + MAX_ARGUMENT_BYTES,
            "put it into a file the job reads");
      }
    }
  }

  private void pod(Pod pod) {
    long bytes = size(ExecutorPodTemplate.json(pod));
    if (bytes > POD_BYTES) {
      errors.add(
          "/driver",
          "makes a pod of " + bytes + " bytes; the limit is " + POD_BYTES,
          "put long arguments and values into files that the job reads");
    }
  }

  private static long size(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
