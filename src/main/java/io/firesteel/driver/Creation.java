package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.firesteel.driver.features.DriverConfigMapStep;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.job.Attempt;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One creation of an attempt's objects. All names but one are derived from the attempt, so that a
 * second creation finds the objects of the first. The name of the ConfigMap with Spark's properties
 * is random, as Spark's own is ({@code KubernetesClientUtils.configMapName}). The kubelet starts no
 * container of a pod whose ConfigMap is missing. So a pod that a replaced worker creates late never
 * starts: nobody creates the ConfigMap that it names.
 *
 * @param partition the partition of the drivers topic that the job is on
 * @param configMap the ConfigMap with Spark's properties
 */
public record Creation(int partition, String configMap) {

  /** A creation with a new name of the ConfigMap. */
  public static Creation withRandomName(Attempt attempt, int partition) {
    String suffix = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    return new Creation(partition, DriverNames.of(attempt).configMap() + "-" + suffix);
  }

  /** A creation for objects that are validated only; always the same. */
  public static Creation forDryRun(Attempt attempt, int partition) {
    return new Creation(partition, DriverNames.of(attempt).configMap());
  }

  /** The creation of a driver pod; empty if the pod does not name such a ConfigMap. */
  public static Optional<Creation> of(Pod pod, int partition) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> DriverConfigMapStep.VOLUME.equals(volume.getName()))
        .map(Volume::getConfigMap)
        .filter(Objects::nonNull)
        .map(source -> new Creation(partition, source.getName()))
        .findFirst();
  }
}
