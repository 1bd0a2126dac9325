package io.firesteel.cluster.reconcile;

import io.firesteel.driver.features.BasicDriverFeatureStep;
import io.firesteel.job.Attempt;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a pod that reconciliation needs, as {@code PodReader} reads it. Small, because a
 * worker holds many.
 *
 * @param isDriver whether the pod has the name of the attempt's driver
 * @param driverUid the uid of the driver pod: the pod's own or its owner's; null without an owner
 * @param resourceVersion larger is newer
 * @param watched whether it carries the labels by which the watch finds it
 * @param installation the id of the installation that claims the driver pod; null if none does
 * @param deletionTimestamp when its grace period ends; null unless its deletion was requested
 * @param lastTransition the latest transition of its conditions
 * @param keepFor how long the job wants it kept after its end; null if the job does not say
 * @param container the container whose status counts: Spark's, or the init container that blocks it
 * @param readyAt when the pod became ready; null while it is not, or if nothing probes its driver
 * @param unscheduled the {@code PodScheduled} condition while it is false
 * @param disruption the {@code DisruptionTarget} condition while it is true
 * @param exitException the exception that ended the driver and its causes, as Spark noted them
 * @param memory the memory limit of the driver's container, as the pod says it
 * @param executorEvents whether the driver asks for reports about each of its executors
 */
@RecordBuilder
public record PodView(
    Attempt attempt,
    boolean isDriver,
    String namespace,
    String name,
    String uid,
    @Nullable String driverUid,
    long resourceVersion,
    boolean watched,
    @Nullable String installation,
    String phase,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String node,
    @Nullable Instant deletionTimestamp,
    Instant created,
    Instant lastTransition,
    @Nullable Duration keepFor,
    @Nullable Container container,
    @Nullable Instant readyAt,
    @Nullable Unscheduled unscheduled,
    @Nullable DisruptionTarget disruption,
    @Nullable String exitException,
    @Nullable String memory,
    boolean executorEvents)
    implements PodViewBuilder.With {

  /**
   * A container. Exactly one of waiting, runningSince and terminated is not null.
   *
   * @param initContainer the name of the init container, if it is one
   */
  public record Container(
      @Nullable String initContainer,
      @Nullable ContainerWaiting waiting,
      @Nullable Instant runningSince,
      @Nullable ContainerTerminated terminated) {}

  /** Why a container does not run yet. */
  public record ContainerWaiting(String reason, @Nullable String message) {}

  /** How a container ended. */
  public record ContainerTerminated(
      int exitCode, @Nullable String reason, @Nullable String message, @Nullable Instant at) {}

  /** Why the scheduler found no node, and since when. */
  public record Unscheduled(String reason, @Nullable String message, @Nullable Instant since) {}

  /** Why the cluster is about to end the pod. */
  public record DisruptionTarget(String reason, @Nullable String message) {}

  /** Whether it is the later view, or one of the same version whose {@code watched} differs. */
  boolean isNewerThan(PodView other) {
    return resourceVersion > other.resourceVersion
        || (resourceVersion == other.resourceVersion && watched != other.watched);
  }

  /** The init container that failed, or else Spark's container. */
  String endedContainer() {
    return container == null || container.initContainer() == null
        ? BasicDriverFeatureStep.CONTAINER
        : container.initContainer();
  }

  /** Whether its deletion was requested. */
  boolean deleting() {
    return deletionTimestamp != null;
  }

  /** Whether it reached a phase that it never leaves. */
  boolean terminal() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** When it ended; the last transition if its container does not say. */
  Instant endedAt() {
    ContainerTerminated end = container == null ? null : container.terminated();
    return end == null || end.at() == null ? lastTransition : end.at();
  }
}
