package io.firesteel.admission.state;

import io.firesteel.event.EventHeader;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.RequestSummary;
import io.firesteel.job.RetryPolicy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that decisions need. It is stored apart from the request, so that a long
 * spec is read only when a driver is desired.
 *
 * @param generation identifies the request among those with the same job id; 0 before it arrived
 * @param cluster null for the default one
 * @param namespace null when the request was rejected before it had one
 * @param arrival number of the job among all jobs of its tenant
 * @param record where intake read the request; null if unknown
 * @param replacesRefused whether a request for the same job id was refused before
 * @param request what people ask about the request; null in a record of an earlier release
 */
@RecordBuilder
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
    @Nullable ObjectVersion version,
    @Nullable RecordPosition record,
    boolean replacesRefused,
    @Nullable RequestSummary request)
    implements JobMetadataBuilder.With {

  /** The metadata of a request that was accepted. */
  public static JobMetadata of(Job job, long generation, long arrival) {
    return ofKey(job.key(), generation, job.cohort(), job.origin())
        .with(head ->
            head.cluster(job.placement().cluster())
                .namespace(job.placement().namespace())
                .priority(job.priority())
                .arrival(arrival)
                .notBefore(job.notBefore())
                .deadlines(job.deadlines())
                .retry(job.retry())
                .version(job.version())
                .request(RequestSummary.of(job)));
  }

  /** For a job of which only the key is known. */
  public static JobMetadata ofKey(JobKey key, long generation, String cohort, Origin origin) {
    return JobMetadataBuilder.builder()
        .key(key)
        .generation(generation)
        .cohort(cohort)
        .deadlines(Deadlines.NONE)
        .retry(RetryPolicy.NEVER)
        .correlationId(origin.correlationId())
        .causationId(origin.id())
        .traceparent(origin.traceparent())
        .record(origin.record())
        .request(RequestSummary.of(origin))
        .build();
  }

  /** The header of an event about the job. */
  public EventHeader eventHeader(long sequence, Instant at, String cause) {
    return new EventHeader(sequence, at, correlationId, cause, traceparent);
  }
}
