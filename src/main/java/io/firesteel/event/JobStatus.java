package io.firesteel.event;

import io.firesteel.job.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of a job, on a compacted topic keyed by {@code tenant/id}; a tombstone means
 * that the job is forgotten.
 *
 * @param generation which request of the job it is about
 * @param waiting why it waits, while it does
 * @param attempt the number of its current or last attempt, 0 before the first
 * @param cluster where its pods run; null for the default one
 * @param pending why its driver does not run yet, in Kubernetes' word
 * @param outcome how it ended, once it has
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
    Links links,
    long sequence,
    Instant updatedAt) {

  /** Executor pods that run now, and how many were seen in all. */
  public record ExecutorCount(int running, int total) {}
}
