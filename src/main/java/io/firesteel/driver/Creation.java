package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.features.DriverConfigMapStep;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.job.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * One creation of an attempt's objects. All names but one are derived from the attempt, so that a
 * second creation finds the objects of the first. The name of the ConfigMap with Spark's properties
 * is random, as Spark's own is ({@code KubernetesClientUtils.configMapName}). The kubelet starts no
 * container of a pod whose ConfigMap is missing. So a pod that a replaced worker creates late never
 * starts: nobody creates the ConfigMap that it names. The name also contains the installation,
 * because anyone can change a pod's labels, but nobody its volumes.
 *
 * @param installation the id of the installation that creates the objects
 * @param partition the partition of the drivers topic that the job is on
 * @param configMap the ConfigMap with Spark's properties
 */
public record Creation(String installation, int partition, String configMap) {

  /** A creation with a new name of the ConfigMap. */
  public static Creation withRandomName(Attempt attempt, String installation, int partition) {
    String random = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    return new Creation(
        installation,
        partition,
        DriverNames.of(attempt).configMap() + "-" + installation + "-" + random);
  }

  /** A creation for objects that are validated only; always the same. */
  public static Creation forDryRun(Attempt attempt, int partition) {
    return new Creation("dry-run", partition, DriverNames.of(attempt).configMap());
  }

  /** The same creation with another ConfigMap. */
  public Creation withConfigMap(String name) {
    return new Creation(installation, partition, name);
  }

  /** The ConfigMap with Spark's properties that a driver pod names; empty if it names none. */
  public static Optional<String> configMapOf(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> DriverConfigMapStep.VOLUME.equals(volume.getName()))
        .map(Volume::getConfigMap)
        .filter(Objects::nonNull)
        .map(ConfigMapVolumeSource::getName)
        .findFirst();
  }

  /**
   * Whether an installation created a pod as the driver of an attempt. Judged by the pod's spec,
   * which nobody can change. Releases without installations named a ConfigMap without one.
   */
  public static boolean isDriverOf(Attempt attempt, String installation, Pod pod) {
    String configMap = Pattern.quote(DriverNames.of(attempt).configMap());
    Pattern ours = Pattern.compile(configMap + "-(" + Pattern.quote(installation) + "-)?[^-]*");
    return configMapOf(pod).filter(name -> ours.matcher(name).matches()).isPresent();
  }
}
