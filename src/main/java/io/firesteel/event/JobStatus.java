package io.firesteel.event;

import io.firesteel.job.Failure;
import io.firesteel.job.Requester;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a job, on a compacted topic keyed by {@code tenant/id}; a tombstone means
 * that the job was forgotten.
 *
 * @param generation identifies the request among those with the same job id
 * @param waiting why the job waits; null if it does not
 * @param attempt the number of its current or last attempt, 0 before the first
 * @param cluster the cluster of its pods; null for the default one
 * @param pending Kubernetes' reason why the driver is not running yet
 * @param outcome null until the job ends
 * @param requester the part of Firesteel that asked for the job; null if it came from outside
 * @param sequence number of the last event about this generation
 */
public record JobStatus(
    String tenant,
    String jobId,
    long generation,
    String cohort,
    JobPhase phase,
    @Nullable WaitingStatus waiting,
    int priority,
    int attempt,
    @Nullable String cluster,
    @Nullable String namespace,
    @Nullable DriverPod driver,
    @Nullable String pending,
    @Nullable ExecutorCount executors,
    @Nullable Outcome outcome,
    @Nullable Failure failure,
    Timeline timeline,
    @Nullable String correlationId,
    @Nullable Requester requester,
    Links links,
    long sequence,
    Instant updatedAt) {

  /** The running executor pods, and all that were ever observed. */
  public record ExecutorCount(int running, int total) {}
}
