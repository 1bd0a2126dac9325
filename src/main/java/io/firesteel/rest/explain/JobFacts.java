package io.firesteel.rest.explain;

import io.firesteel.event.JobPhase;
import io.firesteel.event.JobStatus;
import io.firesteel.status.JobSummary;
import io.firesteel.status.TenantView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an explanation rests on.
 *
 * @param job with the reason for waiting as of now
 * @param tenant null if admission has published nothing about it yet
 * @param cohort the tenants of its cohort, itself included
 * @param ahead the jobs before it in the queue, first to last
 * @param active the jobs of the tenant that hold its slots
 * @param dependencies the phases of the jobs that it depends on; no entry for an unknown one
 * @param unreachableSince since when its cluster has not answered; null if it answers
 */
public record JobFacts(
    JobStatus job,
    @Nullable TenantView tenant,
    List<TenantView> cohort,
    List<JobSummary> ahead,
    List<JobSummary> active,
    Map<String, JobPhase> dependencies,
    @Nullable Instant unreachableSince) {}
