package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.job.Sha256;
import io.firesteel.spec.GpuSpec;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkPodSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Applies the fields of a spec that have no Spark property to the driver's finished pod and to the
 * executors' template. After the operator's webhook, {@code
 * internal/webhook/sparkpod_defaulter.go}.
 */
final class PodMutations {

  static final String SPARK_CONF_DIR = "/etc/spark/conf";
  private static final String HADOOP_CONF_DIR = "/etc/hadoop/conf";

  private final SparkPodSpec part;
  private final PodSpec pod;
  private final Container container;

  private PodMutations(SparkPodSpec part, PodSpec pod, Container container) {
    this.part = part;
    this.pod = pod;
    this.container = container;
  }

  static void apply(
      SparkApplicationSpec spec, SparkPodSpec part, PodSpec pod, Container container) {
    var mutations = new PodMutations(part, pod, container);
    part.env().forEach(e -> setEnv(container, e));
    container.getEnvFrom().addAll(part.envFrom());
    mutations.configMaps(spec);
    mutations.volumes(spec);
    mutations.ports();
    mutations.containers();
    mutations.scheduling();
    mutations.network();
    mutations.gpu();
    mutations.security();
    mutations.lifecycle();
  }

  /** Sets a variable and removes an earlier one of the same name. */
  static void setEnv(Container container, EnvVar variable) {
    container.getEnv().removeIf(e -> e.getName().equals(variable.getName()));
    container.getEnv().add(variable);
  }

  private void configMaps(SparkApplicationSpec spec) {
    if (spec.hadoopConfigMap() instanceof String map) {
      configMap("hadoop-configmap-volume", map, HADOOP_CONF_DIR);
      setEnv(container, new EnvVar("HADOOP_CONF_DIR", HADOOP_CONF_DIR, null));
    }
    if (spec.sparkConfigMap() instanceof String map) {
      configMap("spark-configmap-volume", map, SPARK_CONF_DIR);
    }
    part.configMaps()
        .forEach(map -> configMap(configMapVolume(map.name()), map.name(), map.path()));
  }

  private void configMap(String volume, String map, String path) {
    mount(volume, map, path, pod, container);
  }

  /** Mounts a ConfigMap, read-only. */
  static void mount(String volume, String map, String path, PodSpec pod, Container container) {
    pod.getVolumes().add(DriverDraft.configMapVolume(volume, map));
    var mount = new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true);
    container.getVolumeMounts().add(mount.build());
  }

  /** The name of a ConfigMap may be too long for a volume, or have dots. */
  private static String configMapVolume(String map) {
    String name = map + "-vol";
    if (name.length() <= 63 && name.indexOf('.') < 0) {
      return name;
    }
    String readable = map.replace('.', '-');
    readable = readable.substring(0, Math.min(48, readable.length())).replaceAll("-+$", "");
    return readable + "-" + Sha256.of(map).substring(0, 8) + "-vol";
  }

  private void volumes(SparkApplicationSpec spec) {
    Map<String, Volume> known =
        spec.volumes().stream().collect(Collectors.toMap(Volume::getName, v -> v, (a, _) -> a));
    var added = new HashSet<String>();
    for (VolumeMount mount : part.volumeMounts()) {
      if (!LocalDirVolumes.isLocal(mount.getName())) {
        Volume volume = known.get(mount.getName());
        if (volume != null && added.add(mount.getName())) {
          pod.getVolumes().add(volume);
        }
        container.getVolumeMounts().add(mount);
      }
    }
  }

  private void ports() {
    part.ports()
        .forEach(p ->
            container
                .getPorts()
                .add(new ContainerPort(p.containerPort(), null, null, p.name(), p.protocol())));
  }

  private void containers() {
    part.initContainers().stream()
        .filter(c -> pod.getInitContainers().stream().noneMatch(h -> same(h, c)))
        .forEach(pod.getInitContainers()::add);
    part.sidecars().stream()
        .filter(c -> pod.getContainers().stream().noneMatch(h -> same(h, c)))
        .forEach(pod.getContainers()::add);
  }

  private static boolean same(Container one, Container other) {
    return one.getName().equals(other.getName())
        && Objects.equals(one.getImage(), other.getImage());
  }

  private void scheduling() {
    if (part.affinity() != null) {
      pod.setAffinity(part.affinity());
    }
    pod.getTolerations().addAll(part.tolerations());
    if (part.priorityClassName() instanceof String name && !name.isEmpty()) {
      pod.setPriorityClassName(name);
      pod.setPriority(null);
      pod.setPreemptionPolicy(null);
    }
  }

  private void network() {
    if (Boolean.TRUE.equals(part.hostNetwork())) {
      pod.setHostNetwork(true);
      pod.setDnsPolicy("ClusterFirstWithHostNet");
    }
    pod.getHostAliases().addAll(part.hostAliases());
    if (part.dnsConfig() != null) {
      pod.setDnsConfig(part.dnsConfig());
    }
  }

  private void gpu() {
    if (part.gpu() instanceof GpuSpec gpu && gpu.quantity() > 0 && !gpu.name().isEmpty()) {
      limit(container, gpu.name(), new Quantity(Long.toString(gpu.quantity())));
    }
  }

  static void limit(Container container, String resource, Quantity amount) {
    if (container.getResources() == null) {
      container.setResources(new ResourceRequirements());
    }
    Map<String, Quantity> before = container.getResources().getLimits();
    var limits = new TreeMap<>(before == null ? Map.<String, Quantity>of() : before);
    limits.put(resource, amount);
    container.getResources().setLimits(limits);
  }

  private void security() {
    if (part.securityContext() != null) {
      container.setSecurityContext(part.securityContext());
    }
    if (part.podSecurityContext() != null) {
      pod.setSecurityContext(part.podSecurityContext());
    }
    PodDefaults.apply(pod, List.of(container));
  }

  private void lifecycle() {
    if (part.terminationGracePeriodSeconds() != null) {
      pod.setTerminationGracePeriodSeconds(part.terminationGracePeriodSeconds());
    }
    if (part.lifecycle() != null) {
      container.setLifecycle(part.lifecycle());
    }
    if (Boolean.TRUE.equals(part.shareProcessNamespace())) {
      pod.setShareProcessNamespace(true);
    }
  }
}
