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
 * One creation of an attempt's objects. All names but one follow from the attempt, so that whoever
 * creates twice finds what is there. That of the ConfigMap with Spark's properties is drawn anew,
 * as Spark's own is ({@code KubernetesClientUtils.configMapName}): the kubelet starts no container
 * of a pod whose ConfigMap is missing, so a pod runs only if somebody has seen it and made the
 * ConfigMap that this very pod names. A pod that was made late, by whoever may not run it any more,
 * never starts.
 *
 * @param partition the partition of the drivers topic that the job is on
 * @param configMap the ConfigMap with Spark's properties
 */
public record Creation(int partition, String configMap) {

  /** A new one. */
  public static Creation withRandomName(Attempt attempt, int shard) {
    String word = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    return new Creation(shard, DriverNames.of(attempt).configMap() + "-" + word);
  }

  /** For objects that are only looked at: the same each time. */
  public static Creation forDryRun(Attempt attempt, int shard) {
    return new Creation(shard, DriverNames.of(attempt).configMap());
  }

  /** The one that made a driver pod; empty if the pod names no ConfigMap of Spark's properties. */
  public static Optional<Creation> of(Pod pod, int shard) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> DriverConfigMapStep.VOLUME.equals(volume.getName()))
        .map(Volume::getConfigMap)
        .filter(Objects::nonNull)
        .map(source -> new Creation(shard, source.getName()))
        .findFirst();
  }
}
