package io.firesteel.cluster.reconcile;

import io.firesteel.job.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod of ours, as {@code PodReader} reads it. Everything that a verdict needs and
 * nothing more, since there are many.
 *
 * @param driver whether it has the name of the attempt's driver
 * @param driverUid the uid of the driver pod: its own, or its owner's; null for an executor of none
 * @param resourceVersion the resource version; larger is newer
 * @param watched whether it carries the labels by which a watch finds it
 * @param deletionTimestamp when a deletion that was asked for should be over; null while nobody
 *     asked
 * @param lastTransition when its status last changed, as well as can be told
 * @param keepFor how long it is to be kept after its end, when the job says so
 * @param container the container whose state is the pod's: Spark's, or an init container that holds
 *     it up
 * @param unscheduled the {@code PodScheduled} condition while it is not true
 * @param disruption the {@code DisruptionTarget} condition while it is true
 * @param exitException what Spark wrote on the pod about the exception that ended the driver
 * @param executorEvents whether the driver asks that each of its executors be told of
 */
public record PodView(
    Attempt attempt,
    boolean driver,
    String namespace,
    String name,
    String uid,
    @Nullable String driverUid,
    long resourceVersion,
    boolean watched,
    String phase,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String node,
    @Nullable Instant deletionTimestamp,
    Instant created,
    Instant lastTransition,
    @Nullable Duration keepFor,
    @Nullable Container container,
    @Nullable Unscheduled unscheduled,
    @Nullable DisruptionTarget disruption,
    @Nullable String exitException,
    boolean executorEvents) {

  /**
   * A container: exactly one of waiting, running since and terminated is there.
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

  /** Why the cluster wants the pod gone. */
  public record DisruptionTarget(String reason, @Nullable String message) {}

  /**
   * Whether it was seen later; what a live read tells counts more than a view of the same version.
   */
  boolean isNewerThan(PodView other) {
    return resourceVersion > other.resourceVersion
        || (resourceVersion == other.resourceVersion && watched != other.watched);
  }

  /** The same pod, of which no watch tells any more. */
  public PodView unwatched() {
    return new PodView(
        attempt,
        driver,
        namespace,
        name,
        uid,
        driverUid,
        resourceVersion,
        false,
        phase,
        reason,
        message,
        node,
        deletionTimestamp,
        created,
        lastTransition,
        keepFor,
        container,
        unscheduled,
        disruption,
        exitException,
        executorEvents);
  }

  /** Whether somebody asked for its deletion. */
  boolean deleting() {
    return deletionTimestamp != null;
  }

  /** Whether it reached a phase that it never leaves. */
  boolean terminal() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** When it ended, as well as can be told. */
  Instant endedAt() {
    ContainerTerminated end = container == null ? null : container.terminated();
    return end == null || end.at() == null ? lastTransition : end.at();
  }
}
