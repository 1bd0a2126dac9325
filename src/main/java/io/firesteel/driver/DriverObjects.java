package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects of one attempt. Create the prerequisites, then the pod, then {@link #ownedBy} with
 * the pod's uid. The pod may precede its ConfigMaps, because the kubelet waits for them, and the
 * cluster deletes owned objects with the pod. Names are derived from the attempt, except for one:
 * see {@link Creation}.
 *
 * @param pod the driver
 * @param prerequisites objects that must exist before the pod is scheduled
 * @param owned objects that are deleted with the pod: ConfigMaps, Service, PVCs, Ingress
 * @param applicationId Spark's {@code spark.app.id}
 */
public record DriverObjects(
    Pod pod, List<HasMetadata> prerequisites, List<HasMetadata> owned, String applicationId) {

  public DriverObjects {
    prerequisites = List.copyOf(prerequisites);
    owned = List.copyOf(owned);
  }

  /**
   * Makes the pod the owner of all other objects.
   *
   * @return the prerequisites, which must be applied again, and the owned objects, all changed in
   *     place
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
