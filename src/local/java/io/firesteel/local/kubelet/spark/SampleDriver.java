package io.firesteel.local.kubelet.spark;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A driver pod, put together by hand after what spark-submit creates, to try the node without the
 * rest of Firesteel.
 *
 * @param name the pod's, and the prefix of what belongs to it
 * @param mainClass from the examples jar
 * @param args the application's
 * @param env the driver's
 * @param properties Spark's, beside the usual ones
 */
public record SampleDriver(
    String name,
    String mainClass,
    List<String> args,
    List<EnvVar> env,
    Map<String, String> properties) {

  static final String NAMESPACE = "default";

  private static final String IMAGE = "apache/spark:4.1.1";
  private static final String JAR = "local:///opt/spark/examples/firesteel-examples.jar";

  public static SampleDriver running(String name, String example, String... args) {
    return new SampleDriver(
        name, "io.firesteel.examples." + example, List.of(args), List.of(), Map.of());
  }

  public SampleDriver withEnv(List<EnvVar> env) {
    return new SampleDriver(name, mainClass, args, env, properties);
  }

  public SampleDriver withProperties(Map<String, String> properties) {
    return new SampleDriver(name, mainClass, args, env, properties);
  }

  public Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name)
        .withLabels(Map.of("spark-role", "driver", "spark-app-selector", name))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("spark-kubernetes-driver")
        .withImage(IMAGE)
        .withArgs(arguments())
        .withEnv(environment())
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("1"), "memory", new Quantity("896Mi")))
        .withLimits(Map.of("memory", new Quantity("896Mi")))
        .endResources()
        .addNewVolumeMount()
        .withName("spark-conf-volume-driver")
        .withMountPath("/opt/spark/conf")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("spark-conf-volume-driver")
        .withNewConfigMap()
        .withName(name + "-conf-map")
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  private List<String> arguments() {
    var arguments =
        new ArrayList<>(
            List.of(
                "driver",
                "--properties-file",
                "/opt/spark/conf/spark.properties",
                "--class",
                mainClass,
                JAR));
    arguments.addAll(args);
    return arguments;
  }

  private List<EnvVar> environment() {
    var all = new ArrayList<>(env);
    all.add(new EnvVar("SPARK_CONF_DIR", "/opt/spark/conf", null));
    var podIp = new EnvVarSourceBuilder().withNewFieldRef("v1", "status.podIP").build();
    all.add(new EnvVar("SPARK_DRIVER_BIND_ADDRESS", null, podIp));
    return all;
  }

  /** What spark-submit creates once it knows the pod's uid. */
  public ConfigMap configMap(Pod created) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name + "-conf-map")
        .withOwnerReferences(owner(created))
        .endMetadata()
        .withImmutable(true)
        .withData(Map.of("spark.properties", text(), "spark.kubernetes.namespace", NAMESPACE))
        .build();
  }

  private static OwnerReference owner(Pod pod) {
    var meta = pod.getMetadata();
    return new OwnerReference("v1", null, true, "Pod", meta.getName(), meta.getUid());
  }

  private String text() {
    var all = new TreeMap<>(properties);
    Map.of(
            "spark.master",
            "k8s://https://kubernetes.default.svc",
            "spark.app.id",
            name,
            "spark.app.name",
            name,
            "spark.jars",
            JAR,
            "spark.driver.port",
            "7078",
            "spark.driver.blockManager.port",
            "7079",
            "spark.driver.host",
            name + "-svc.default.svc",
            "spark.kubernetes.submitInDriver",
            "true",
            "spark.kubernetes.resource.type",
            "java",
            "spark.kubernetes.driver.pod.name",
            name)
        .forEach(all::putIfAbsent);
    Map.of(
            "spark.kubernetes.container.image",
            IMAGE,
            "spark.kubernetes.namespace",
            NAMESPACE,
            "spark.kubernetes.executor.podNamePrefix",
            name,
            "spark.executor.instances",
            "2",
            "spark.executor.memory",
            "512m",
            "spark.driver.memory",
            "512m")
        .forEach(all::putIfAbsent);
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
