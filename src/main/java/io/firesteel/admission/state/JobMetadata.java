package io.firesteel.admission.state;

import io.firesteel.admission.index.Generations;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import io.firesteel.job.RetryPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that decisions need, so that the spec, which may be long, is read only when
 * a driver is wanted.
 *
 * @param generation which request of the job it is, see {@link Generations}; 0 before it arrived
 * @param cluster null for the default one
 * @param namespace null when the request was refused before it had one
 * @param arrival number of the job among all of its tenant
 */
public record JobMetadata(
    JobKey key,
    long generation,
    String cohort,
    @Nullable String cluster,
    @Nullable String namespace,
    int priority,
    long arrival,
    @Nullable Instant notBefore,
    Deadlines deadlines,
    RetryPolicy retry,
    @Nullable String correlationId,
    String causationId,
    @Nullable String traceparent,
    @Nullable ObjectVersion version) {

  public static JobMetadata of(Job job, long generation, long arrival) {
    Origin origin = job.origin();
    return new JobMetadata(
        job.key(),
        generation,
        job.cohort(),
        job.placement().cluster(),
        job.placement().namespace(),
        job.priority(),
        arrival,
        job.notBefore(),
        job.deadlines(),
        job.retry(),
        origin.correlationId(),
        origin.id(),
        origin.traceparent(),
        job.version());
  }

  /** Of a job that is known by its name only. */
  public static JobMetadata ofKey(JobKey key, long generation, String cohort, Origin origin) {
    return new JobMetadata(
        key,
        generation,
        cohort,
        null,
        null,
        0,
        0,
        null,
        Deadlines.NONE,
        RetryPolicy.NEVER,
        origin.correlationId(),
        origin.id(),
        origin.traceparent(),
        null);
  }

  public JobMetadata withPriority(int priority) {
    return new JobMetadata(
        key,
        generation,
        cohort,
        cluster,
        namespace,
        priority,
        arrival,
        notBefore,
        deadlines,
        retry,
        correlationId,
        causationId,
        traceparent,
        version);
  }
}
