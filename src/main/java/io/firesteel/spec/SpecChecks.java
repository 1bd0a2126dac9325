package io.firesteel.spec;

import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a spec of the right shape may still get wrong, by the Spark operator's meaning of its fields
 * (its {@code internal/webhook/sparkapplication_validator.go}) and spark-submit's.
 */
final class SpecChecks {

  private static final String IN_IMAGE =
      "use local:// for a file in the image, or a place the pods can read, such as s3a:// or https://";

  private final SparkApplicationSpec spec;
  private final Problems problems;

  SpecChecks(SparkApplicationSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  void run() {
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
    deniedKeys();
  }

  private void version() {
    if (SparkLine.of(spec.sparkVersion()).isEmpty()) {
      problems.add(
          "/sparkVersion",
          "is not a version that can be run",
          "give a version of Spark 3.5, 4.0 or 4.1, such as 4.1.1");
    }
  }

  private void mode() {
    if (spec.mode() != null && spec.mode() != DeployMode.CLUSTER) {
      problems.add("/mode", "the driver always runs in the cluster", "use cluster or leave it out");
    }
    if (Boolean.TRUE.equals(spec.suspend())) {
      problems.add(
          "/suspend",
          "a request cannot wait by itself",
          "send it when it should run, or suspend the tenant");
    }
  }

  private void mainFile() {
    String file = spec.mainApplicationFile();
    boolean python = file.endsWith(".py");
    boolean r = file.toLowerCase(Locale.ROOT).endsWith(".r");
    switch (spec.type()) {
      case JAVA, SCALA -> {
        expectMain(
            !python && !r, "is no jar, and type is Java or Scala", "set type to Python or R");
        if (blank(spec.mainClass())) {
          problems.add(
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

  private void expectMain(boolean good, String what, String mend) {
    if (!good) {
      problems.add("/mainApplicationFile", what, mend);
    }
  }

  private void dependencies() {
    Dependencies deps = spec.dependencies();
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
      problems.add(path, "is empty", "name a file");
    } else if (!file.contains(":") || file.startsWith("file:")) {
      problems.add(path, "would have to be uploaded from the sender's disk", IN_IMAGE);
    }
  }

  private void image(String path, @Nullable String own) {
    if (blank(own) && blank(spec.image())) {
      problems.add(path, "is missing", "give it, or /image for driver and executors");
    }
  }

  private void pod(String path, PodPart pod) {
    positive(path + "/cores", pod.cores(), 1);
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
        problems.add(
            path + "/volumeMounts/" + i + "/name",
            "names no volume of this application",
            "add it to /volumes");
      }
    }
  }

  private void numbers() {
    positive("/executor/instances", spec.executor().instances(), 0);
    positive("/failureRetries", spec.failureRetries(), 0);
    positive("/retryInterval", spec.retryInterval(), 0);
    positive("/timeToLiveSeconds", spec.timeToLiveSeconds(), 0);
    if (spec.restartPolicy() instanceof RestartPolicy restart) {
      positive("/restartPolicy/onFailureRetries", restart.onFailureRetries(), 0);
      positive("/restartPolicy/onFailureRetryInterval", restart.onFailureRetryInterval(), 0);
      positive(
          "/restartPolicy/onSubmissionFailureRetries", restart.onSubmissionFailureRetries(), 0);
      positive(
          "/restartPolicy/onSubmissionFailureRetryInterval",
          restart.onSubmissionFailureRetryInterval(),
          0);
    }
    if (spec.dynamicAllocation() instanceof DynamicAllocation dynamic) {
      positive("/dynamicAllocation/initialExecutors", dynamic.initialExecutors(), 0);
      positive("/dynamicAllocation/minExecutors", dynamic.minExecutors(), 0);
      positive("/dynamicAllocation/maxExecutors", dynamic.maxExecutors(), 1);
    }
  }

  private void positive(String path, @Nullable Number value, long least) {
    if (value != null && value.longValue() < least) {
      problems.add(path, "is " + value, "give " + least + " or more");
    }
  }

  private void ingresses() {
    var ports = new HashSet<Integer>();
    var formats = new HashSet<String>();
    for (int i = 0; i < spec.driverIngressOptions().size(); i++) {
      DriverIngress ingress = spec.driverIngressOptions().get(i);
      String path = "/driverIngressOptions/" + i;
      if (!ports.add(ingress.servicePort())) {
        problems.add(path + "/servicePort", "is used twice", "give each its own port");
      }
      if (blank(ingress.ingressURLFormat())) {
        problems.add(path + "/ingressURLFormat", "is missing", "give a host and path");
      } else if (!formats.add(ingress.ingressURLFormat())) {
        problems.add(path + "/ingressURLFormat", "is used twice", "give each its own address");
      }
    }
  }

  private void deniedKeys() {
    spec.sparkConf().keySet().stream()
        .sorted()
        .forEach(key -> {
          if (DeniedKeys.INSTEAD.get(key) instanceof String instead) {
            problems.add("/sparkConf/" + key, "may not be set by a request", instead);
          }
        });
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
