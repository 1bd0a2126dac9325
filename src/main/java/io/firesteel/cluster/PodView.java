package io.firesteel.cluster;

import io.firesteel.job.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod of ours, as {@link PodReader} reads it. Everything that a verdict needs and
 * nothing more, since there are many.
 *
 * @param driver whether it has the name of the attempt's driver
 * @param driverUid the uid of the driver pod: its own, or its owner's; null for an executor of none
 * @param version the resource version; larger is newer
 * @param deletionDue when a deletion that was asked for should be over; null while nobody asked
 * @param settled when its status last changed, as well as can be told
 * @param keep how long it is to be kept after its end, when the job says so
 * @param container the container whose state is the pod's: Spark's, or an init container that holds
 *     it up
 * @param unscheduled the {@code PodScheduled} condition while it is not true
 * @param disruption the {@code DisruptionTarget} condition while it is true
 * @param exitException what Spark wrote on the pod about the exception that ended the driver
 * @param eachExecutor whether the driver asks that each of its executors be told of
 */
record PodView(
    Attempt attempt,
    boolean driver,
    String namespace,
    String name,
    String uid,
    @Nullable String driverUid,
    long version,
    String phase,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String node,
    @Nullable Instant deletionDue,
    Instant created,
    Instant settled,
    @Nullable Duration keep,
    @Nullable Container container,
    @Nullable Unscheduled unscheduled,
    @Nullable Disruption disruption,
    @Nullable String exitException,
    boolean eachExecutor) {

  /**
   * A container: exactly one of waiting, running since and terminated is there.
   *
   * @param init the name of the init container, if it is one
   */
  record Container(
      @Nullable String init,
      @Nullable Waiting waiting,
      @Nullable Instant runningSince,
      @Nullable Terminated terminated) {}

  /** Why a container does not run yet. */
  record Waiting(String reason, @Nullable String message) {}

  /** How a container ended. */
  record Terminated(
      int exitCode, @Nullable String reason, @Nullable String message, @Nullable Instant at) {}

  /** Why the scheduler found no node, and since when. */
  record Unscheduled(String reason, @Nullable String message, @Nullable Instant since) {}

  /** Why the cluster wants the pod gone. */
  record Disruption(String reason, @Nullable String message) {}

  /** Whether somebody asked for its deletion. */
  boolean deleting() {
    return deletionDue != null;
  }

  /** Whether it reached a phase that it never leaves. */
  boolean terminal() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** When it ended, as well as can be told. */
  Instant endedAt() {
    Terminated end = container == null ? null : container.terminated();
    return end == null || end.at() == null ? settled : end.at();
  }
}
