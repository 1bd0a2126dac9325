package io.firesteel.spec.validation;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.firesteel.json.JsonPointers;
import io.firesteel.json.ValidationErrors;
import io.firesteel.spec.DeployMode;
import io.firesteel.spec.DriverIngressConfiguration;
import io.firesteel.spec.DynamicAllocation;
import io.firesteel.spec.RestartPolicy;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkDependencies;
import io.firesteel.spec.SparkLine;
import io.firesteel.spec.SparkPodSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Validates the meaning of a spec that fits the schema. After the Spark operator's {@code
 * internal/webhook/sparkapplication_validator.go} and after spark-submit.
 */
final class SpecValidator {

  private final SparkApplicationSpec spec;
  private final ValidationErrors errors;

  SpecValidator(SparkApplicationSpec spec, ValidationErrors errors) {
    this.spec = spec;
    this.errors = errors;
  }

  void validate() {
    version();
    mode();
    mainFile();
    dependencies();
    image("/driver/image", spec.driver().pod().image());
    image("/executor/image", spec.executor().pod().image());
    pod("/driver", spec.driver().pod());
    pod("/executor", spec.executor().pod());
    numbers();
    ingresses();
    deniedProperties();
  }

  private void version() {
    if (SparkLine.of(spec.sparkVersion()).isEmpty()) {
      errors.add(
          "/sparkVersion",
          "is not a version that can be run",
          "give a version of Spark 3.0 to 3.5, 4.0 or 4.1, such as 4.1.1");
    }
  }

  private void mode() {
    if (spec.mode() != null && spec.mode() != DeployMode.CLUSTER) {
      errors.add("/mode", "the driver always runs in the cluster", "use cluster or leave it out");
    }
    if (Boolean.TRUE.equals(spec.suspend())) {
      errors.add(
          "/suspend",
          "a suspended application is not supported",
          "publish the request when the job should run, or suspend the tenant");
    }
  }

  private void mainFile() {
    String file = spec.mainApplicationFile();
    boolean python = file.endsWith(".py");
    boolean r = file.toLowerCase(Locale.ROOT).endsWith(".r");
    switch (spec.type()) {
      case JAVA, SCALA -> {
        expectMain(
            !python && !r, "is not a jar, but type is Java or Scala", "set type to Python or R");
        if (blank(spec.mainClass())) {
          errors.add(
              "/mainClass",
              "is missing, and the jar's manifest cannot be read from outside the image",
              "name the class with the main method");
        }
      }
      case PYTHON -> expectMain(python, "does not end in .py", "name the Python file to run");
      case R -> expectMain(file.endsWith(".R"), "does not end in .R", "name the R file to run");
    }
    if (!file.equals("spark-internal")) {
      reachable("/mainApplicationFile", file);
    }
  }

  private void expectMain(boolean good, String what, String remedy) {
    if (!good) {
      errors.add("/mainApplicationFile", what, remedy);
    }
  }

  private void dependencies() {
    SparkDependencies deps = spec.dependencies();
    reachable("/deps/jars", deps.jars());
    reachable("/deps/files", deps.files());
    reachable("/deps/pyFiles", deps.pyFiles());
    reachable("/deps/archives", deps.archives());
  }

  private void reachable(String path, List<String> files) {
    for (int i = 0; i < files.size(); i++) {
      reachable(path + "/" + i, files.get(i));
    }
  }

  private void reachable(String path, String file) {
    if (file.isBlank()) {
      errors.add(path, "is empty", "name a file");
    } else if (ClientFiles.isClientLocal(file)) {
      errors.add(path, ClientFiles.MESSAGE, ClientFiles.REMEDY);
    }
  }

  private void image(String path, @Nullable String own) {
    if (blank(own) && blank(spec.image())) {
      errors.add(path, "is missing", "set it, or set /image for driver and executors");
    }
  }

  private void pod(String path, SparkPodSpec pod) {
    atLeast(path + "/cores", pod.cores(), 1);
    Set<String> volumes =
        Stream.concat(
                spec.volumes().stream(),
                pod.template() == null || pod.template().getSpec() == null
                    ? Stream.of()
                    : pod.template().getSpec().getVolumes().stream())
            .map(v -> v.getName())
            .collect(Collectors.toSet());
    for (int i = 0; i < pod.volumeMounts().size(); i++) {
      VolumeMount mount = pod.volumeMounts().get(i);
      if (!volumes.contains(mount.getName())) {
        errors.add(
            path + "/volumeMounts/" + i + "/name",
            "names no volume of this application",
            "add it to /volumes");
      }
    }
  }

  private void numbers() {
    atLeast("/executor/instances", spec.executor().instances(), 0);
    atLeast("/failureRetries", spec.failureRetries(), 0);
    atLeast("/retryInterval", spec.retryInterval(), 0);
    atLeast("/timeToLiveSeconds", spec.timeToLiveSeconds(), 0);
    if (spec.restartPolicy() instanceof RestartPolicy restart) {
      atLeast("/restartPolicy/onFailureRetries", restart.onFailureRetries(), 0);
      atLeast("/restartPolicy/onFailureRetryInterval", restart.onFailureRetryInterval(), 0);
      atLeast("/restartPolicy/onSubmissionFailureRetries", restart.onSubmissionFailureRetries(), 0);
      atLeast(
          "/restartPolicy/onSubmissionFailureRetryInterval",
          restart.onSubmissionFailureRetryInterval(),
          0);
    }
    if (spec.dynamicAllocation() instanceof DynamicAllocation dynamic) {
      atLeast("/dynamicAllocation/initialExecutors", dynamic.initialExecutors(), 0);
      atLeast("/dynamicAllocation/minExecutors", dynamic.minExecutors(), 0);
      atLeast("/dynamicAllocation/maxExecutors", dynamic.maxExecutors(), 1);
    }
  }

  private void atLeast(String path, @Nullable Number value, long least) {
    if (value != null && value.longValue() < least) {
      errors.add(path, "is " + value, "give " + least + " or more");
    }
  }

  private void ingresses() {
    var ports = new HashSet<Integer>();
    var formats = new HashSet<String>();
    for (int i = 0; i < spec.driverIngressOptions().size(); i++) {
      DriverIngressConfiguration ingress = spec.driverIngressOptions().get(i);
      String path = "/driverIngressOptions/" + i;
      if (!ports.add(ingress.servicePort())) {
        errors.add(path + "/servicePort", "is used twice", "give each its own port");
      }
      if (blank(ingress.ingressURLFormat())) {
        errors.add(path + "/ingressURLFormat", "is missing", "give a host and path");
      } else if (!formats.add(ingress.ingressURLFormat())) {
        errors.add(path + "/ingressURLFormat", "is used twice", "give each its own address");
      }
    }
  }

  private void deniedProperties() {
    spec.sparkConf().keySet().stream()
        .sorted()
        .forEach(key -> {
          if (DeniedProperties.ALTERNATIVES.get(key) instanceof String instead) {
            errors.add(
                JsonPointers.child("/sparkConf", key), "may not be set by a request", instead);
          }
        });
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
