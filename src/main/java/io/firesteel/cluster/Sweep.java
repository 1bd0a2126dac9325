package io.firesteel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.firesteel.driver.DriverNames;
import io.firesteel.driver.PodLabels;
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
 * Looks now and then for objects of ours that no pod owns, and lets the shard decide about them.
 * What a pod owns needs no sweep: it goes with the pod. Only objects with our labels, of this
 * shard, whose attempt can be read and whose name follows from it, are ever found. Kinds that the
 * cluster does not know, or that this worker may not list, are left out.
 */
final class Sweep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final List<ResourceDefinitionContext> KINDS =
      List.of(
          kind("", "v1", "ConfigMap", "configmaps"),
          kind("", "v1", "Service", "services"),
          kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
          kind("networking.k8s.io", "v1", "Ingress", "ingresses"),
          kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
          kind("scheduling.volcano.sh", "v1beta1", "PodGroup", "podgroups"),
          kind("scheduling.x-k8s.io", "v1alpha1", "PodGroup", "podgroups"));

  /**
   * When leftovers are looked for.
   *
   * @param every how often
   * @param grace how old they are at least
   */
  record Plan(Duration every, Duration grace) {}

  private final Cluster cluster;
  private final int partition;
  private final Shard shard;
  private final Plan plan;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  Sweep(Cluster cluster, int partition, Shard shard, Plan plan, Clock clock) {
    this.cluster = cluster;
    this.partition = partition;
    this.shard = shard;
    this.plan = plan;
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

  /** Works until it is closed. */
  void run() {
    try {
      while (!closed.await(plan.every().toMillis(), TimeUnit.MILLISECONDS)) {
        for (ResourceDefinitionContext kind : KINDS) {
          List<Leftover> found = find(kind);
          if (!found.isEmpty()) {
            shard.swept(found);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Leftover> find(ResourceDefinitionContext kind) {
    var objects = cluster.client().genericKubernetesResources(kind);
    return cluster.namespaces().isEmpty()
        ? find(kind, objects.inAnyNamespace())
        : cluster.namespaces().stream()
            .flatMap(namespace -> find(kind, objects.inNamespace(namespace)).stream())
            .toList();
  }

  private List<Leftover> find(
      ResourceDefinitionContext kind,
      FilterWatchListDeletable<
              GenericKubernetesResource,
              GenericKubernetesResourceList,
              Resource<GenericKubernetesResource>>
          objects) {
    try {
      List<Leftover> found = new ArrayList<>();
      objects
          .withLabel(PodLabels.MANAGED_BY, PodLabels.FIRESTEEL)
          .withLabel(PodLabels.SHARD, Integer.toString(partition))
          .list()
          .getItems()
          .forEach(object -> leftover(kind, object).ifPresent(found::add));
      return found;
    } catch (KubernetesClientException e) {
      LOG.atDebug()
          .addKeyValue("kind", kind.getKind())
          .addKeyValue("cause", e.getMessage())
          .log("A kind is not swept");
      return List.of();
    }
  }

  private Optional<Leftover> leftover(
      ResourceDefinitionContext kind, GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    boolean owned = meta.getOwnerReferences() != null && !meta.getOwnerReferences().isEmpty();
    boolean young =
        Instant.parse(meta.getCreationTimestamp()).plus(plan.grace()).isAfter(clock.instant());
    if (owned || young || meta.getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    String apiVersion =
        kind.getGroup().isEmpty() ? kind.getVersion() : kind.getGroup() + "/" + kind.getVersion();
    return PodReader.attemptOf(meta)
        .filter(attempt -> meta.getName().startsWith(DriverNames.of(attempt).prefix() + "-"))
        .map(attempt ->
            new Leftover(
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
