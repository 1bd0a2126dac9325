package io.firesteel.cluster.controller;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.PodReader;
import io.firesteel.cluster.reconcile.OrphanedObject;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Periodically lists Firesteel's objects that no pod owns; the controller decides about each. An
 * object counts only if it has the labels of this installation and partition, and if its name
 * follows from the attempt in its labels. Kubernetes itself deletes what a pod owns. Kinds that the
 * cluster does not know, or that this worker may not list, are skipped.
 */
public final class OrphanCollector implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanCollector.class);
  private static final List<ResourceDefinitionContext> OWNED_KINDS =
      List.of(
          kind("", "v1", "ConfigMap", "configmaps"),
          kind("", "v1", "Service", "services"),
          kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
          kind("networking.k8s.io", "v1", "Ingress", "ingresses"),
          kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
          kind("scheduling.volcano.sh", "v1beta1", "PodGroup", "podgroups"),
          kind("scheduling.x-k8s.io", "v1alpha1", "PodGroup", "podgroups"));

  /**
   * When to look for orphans.
   *
   * @param interval the time between two lists
   * @param minimumAge the age below which an object is left alone
   */
  public record Schedule(Duration interval, Duration minimumAge) {}

  private final ClusterConnection cluster;
  private final String installation;
  private final int partition;
  private final DriverController controller;
  private final Schedule schedule;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  public OrphanCollector(
      ClusterConnection cluster,
      String installation,
      int partition,
      DriverController controller,
      Schedule schedule,
      Clock clock) {
    this.cluster = cluster;
    this.installation = installation;
    this.partition = partition;
    this.controller = controller;
    this.schedule = schedule;
    this.clock = clock;
  }

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  @Override
  public void run() {
    try {
      while (!closed.await(schedule.interval().toMillis(), TimeUnit.MILLISECONDS)) {
        for (ResourceDefinitionContext kind : OWNED_KINDS) {
          List<OrphanedObject> found = find(kind);
          if (!found.isEmpty()) {
            controller.add(new WorkItem.OrphansFound(found));
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<OrphanedObject> find(ResourceDefinitionContext kind) {
    var objects = cluster.client().genericKubernetesResources(kind);
    return cluster.namespaces().isEmpty()
        ? find(kind, objects.inAnyNamespace())
        : cluster.namespaces().stream()
            .flatMap(namespace -> find(kind, objects.inNamespace(namespace)).stream())
            .toList();
  }

  private List<OrphanedObject> find(
      ResourceDefinitionContext kind,
      FilterWatchListDeletable<
              GenericKubernetesResource,
              GenericKubernetesResourceList,
              Resource<GenericKubernetesResource>>
          objects) {
    try {
      List<OrphanedObject> found = new ArrayList<>();
      objects
          .withLabel(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL)
          .withLabel(PodLabels.INSTALLATION, installation)
          .withLabel(PodLabels.PARTITION, Integer.toString(partition))
          .list()
          .getItems()
          .forEach(object -> orphan(kind, object).ifPresent(found::add));
      return found;
    } catch (KubernetesClientException e) {
      LOG.atDebug()
          .addKeyValue("kind", kind.getKind())
          .addKeyValue("cause", e.getMessage())
          .log("Skipping a kind that cannot be listed");
      return List.of();
    }
  }

  private Optional<OrphanedObject> orphan(
      ResourceDefinitionContext kind, GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    boolean owned = meta.getOwnerReferences() != null && !meta.getOwnerReferences().isEmpty();
    boolean young =
        Instant.parse(meta.getCreationTimestamp())
            .plus(schedule.minimumAge())
            .isAfter(clock.instant());
    if (owned || young || meta.getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    String apiVersion =
        kind.getGroup().isEmpty() ? kind.getVersion() : kind.getGroup() + "/" + kind.getVersion();
    return PodReader.attemptOf(meta)
        .filter(attempt -> meta.getName().startsWith(DriverNames.of(attempt).prefix() + "-"))
        .map(attempt ->
            new OrphanedObject(
                attempt,
                apiVersion,
                kind.getKind(),
                kind.getPlural(),
                meta.getNamespace(),
                meta.getName(),
                meta.getUid()));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
