package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything of one attempt. Create {@code before}, then the pod, then {@link #ownedBy} with the
 * uid the pod got: the kubelet waits for ConfigMaps, so the pod may come first, and the cluster
 * collects what is owned when the pod goes. The names are those of the attempt, so creating twice
 * finds what is there; for the one that is not, see {@link Creation}.
 *
 * @param pod the driver
 * @param prerequisites what must exist before the pod is scheduled; not owned by it, see {@link
 *     #ownedBy}
 * @param owned what the pod needs and what goes with it: ConfigMaps, Service, PVCs, Ingress
 * @param applicationId Spark's {@code spark.app.id}
 */
public record DriverObjects(
    Pod pod, List<HasMetadata> prerequisites, List<HasMetadata> owned, String applicationId) {

  public DriverObjects {
    prerequisites = List.copyOf(prerequisites);
    owned = List.copyOf(owned);
  }

  /**
   * Makes the pod the owner of {@code owned} and of {@code before}, once its uid is known.
   *
   * @return {@code before}, to be applied again, and {@code owned}; the very objects, changed
   */
  public List<HasMetadata> ownedBy(String podUid) {
    OwnerReference owner =
        new OwnerReferenceBuilder()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(podUid)
            .withController(true)
            .build();
    List<HasMetadata> all = Stream.concat(prerequisites.stream(), owned.stream()).toList();
    all.forEach(o -> o.getMetadata().setOwnerReferences(List.of(owner)));
    return all;
  }
}
