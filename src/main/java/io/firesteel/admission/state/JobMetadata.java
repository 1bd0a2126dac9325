package io.firesteel.admission.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.firesteel.event.EventHeader;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.Origin;
import io.firesteel.job.RecordPosition;
import io.firesteel.job.Requester;
import io.firesteel.job.RetryPolicy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param refused where intake read the refused ones: the last of each partition, except for those
 *     before {@code record} in its partition, and at most 32
 * @param requester the part of Firesteel that asked for the job; null if it came from outside
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecordPosition> refused,
    @Nullable Requester requester,
    @Nullable RequestSummary request)
    implements JobMetadataBuilder.With {

  private static final int MAX_REFUSED = 32;

  public JobMetadata {
    refused = refused == null ? List.of() : List.copyOf(refused);
  }

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
        .requester(origin.requester())
        .request(RequestSummary.of(origin))
        .build();
  }

  /** The metadata of the request that replaces a refused one. */
  public JobMetadata replacing(JobMetadata before) {
    List<RecordPosition> last = new ArrayList<>(before.refused());
    if (before.record() != null) {
      last.add(before.record());
    }
    last.removeIf(position -> position.isAtOrBefore(record));
    return with(head ->
        head.replacesRefused(true)
            .refused(last.subList(Math.max(0, last.size() - MAX_REFUSED), last.size())));
  }

  /**
   * Whether intake has read a record again: it is the request or a refused one before it, or comes
   * before one of them in the same partition.
   */
  public boolean isRedelivered(RecordPosition position) {
    return position.isAtOrBefore(record) || refused.stream().anyMatch(position::isAtOrBefore);
  }

  /** The header of an event about the job. */
  public EventHeader eventHeader(long sequence, Instant at, String cause) {
    return new EventHeader(sequence, at, correlationId, cause, traceparent, requester);
  }
}
