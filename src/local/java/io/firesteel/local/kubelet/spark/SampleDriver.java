package io.firesteel.local.kubelet.spark;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.driver.StartupProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A driver pod like spark-submit's, to test the node without Firesteel.
 *
 * @param name the name of the pod and prefix of its objects
 * @param mainClass a class of the examples jar
 * @param args the application's arguments
 * @param env the driver's environment
 * @param properties Spark properties that override the defaults
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
    Pod pod = withoutProbe();
    StartupProbe.addTo(pod, properties);
    return pod;
  }

  private Pod withoutProbe() {
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
        .addNewPort()
        .withName("spark-ui")
        .withContainerPort(4040)
        .endPort()
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

  /** The ConfigMap, which refers to the uid of the pod. */
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
    var all = new TreeMap<>(defaults());
    all.putAll(properties);
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private Map<String, String> defaults() {
    return """
    spark.master=k8s://https://kubernetes.default.svc
    spark.app.id=%1$s
    spark.app.name=%1$s
    spark.jars=%2$s
    spark.driver.port=7078
    spark.driver.blockManager.port=7079
    spark.driver.host=%1$s-svc.default.svc
    spark.driver.memory=512m
    spark.executor.instances=2
    spark.executor.memory=512m
    spark.kubernetes.submitInDriver=true
    spark.kubernetes.resource.type=java
    spark.kubernetes.driver.pod.name=%1$s
    spark.kubernetes.container.image=%3$s
    spark.kubernetes.namespace=%4$s
    spark.kubernetes.executor.podNamePrefix=%1$s
    """
        .formatted(name, JAR, IMAGE, NAMESPACE)
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }
}
