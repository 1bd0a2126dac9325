package io.firesteel.status;

import io.firesteel.job.JobKey;
import org.jspecify.annotations.Nullable;

/**
 * A record of the status topic.
 *
 * @param job null when the job was forgotten
 */
public record JobChange(JobKey key, int partition, long offset, @Nullable JobSummary job) {}
