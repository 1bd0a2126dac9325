package io.firesteel.status;

import io.firesteel.event.JobStatus;
import io.firesteel.event.TenantStatus;
import io.firesteel.event.WaitingReason;
import io.firesteel.job.JobKey;
import io.firesteel.status.JobOrder.Place;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers about jobs and tenants as of now: with live positions and reasons for waiting.
 * Thread-safe.
 */
@Singleton
public final class JobQueries {

  private final StatusTable table;
  private final JobIndex index;

  JobQueries(StatusTable table, JobIndex index) {
    this.table = table;
    this.index = index;
  }

  /** A job; empty if it is unknown or forgotten. */
  public Optional<JobStatus> job(JobKey key) {
    return table
        .find(key)
        .map(status ->
            status.withWaiting(
                CurrentWait.of(
                    status,
                    tenant(key.tenant()).orElse(null),
                    index.jobs(key.tenant()).position(key.id()))));
  }

  /** Up to {@code limit} jobs of a tenant, after a place in the order. */
  public List<JobSummary> list(
      String tenant, JobFilter filter, JobOrder order, @Nullable Place after, int limit) {
    TenantJobs jobs = index.jobs(tenant);
    return current(tenant, jobs.list(filter, order, after, limit));
  }

  private List<JobSummary> current(String tenant, List<JobSummary> jobs) {
    if (jobs.stream().noneMatch(JobSummary::queued)) {
      return jobs;
    }
    TenantView view = tenant(tenant).orElse(null);
    Map<String, Long> positions = new HashMap<>();
    List<JobSummary> queue = index.jobs(tenant).queue();
    for (int i = 0; i < queue.size(); i++) {
      positions.put(queue.get(i).jobId(), i + 1L);
    }
    return jobs.stream()
        .map(job -> job.queued() ? queued(job, view, positions.get(job.jobId())) : job)
        .toList();
  }

  private static JobSummary queued(
      JobSummary job, @Nullable TenantView tenant, @Nullable Long position) {
    WaitingReason published = Objects.requireNonNullElse(job.waiting(), WaitingReason.TENANT_LIMIT);
    return job.withWaiting(tenant == null ? published : CurrentWait.reason(published, tenant))
        .withPosition(position);
  }

  /** How many jobs of a tenant match. */
  public long count(String tenant, JobFilter filter) {
    return index.jobs(tenant).count(filter);
  }

  /** The queue of a tenant, first to last. */
  public List<JobSummary> queue(String tenant) {
    return index.jobs(tenant).queue();
  }

  /** The jobs of a tenant that hold its slots. */
  public List<JobSummary> active(String tenant) {
    return index.jobs(tenant).active();
  }

  /** How far this replica has read the status topic. */
  public StreamPosition position() {
    return index.position();
  }

  /** A tenant; empty if admission has published nothing about it yet. */
  public Optional<TenantView> tenant(String name) {
    return table.tenant(name).map(status -> view(status, table.tenants().values()));
  }

  /** The names of the tenants of which admission has published a status. */
  public Set<String> tenantNames() {
    return table.tenants().keySet();
  }

  /** The tenants of a cohort. */
  public List<TenantView> cohort(String name) {
    Collection<TenantStatus> all = table.tenants().values();
    return all.stream()
        .filter(status -> status.cohort().equals(name))
        .map(status -> view(status, all))
        .toList();
  }

  private static TenantView view(TenantStatus status, Collection<TenantStatus> all) {
    int running =
        all.stream()
            .filter(other -> other.cohort().equals(status.cohort()))
            .mapToInt(TenantStatus::running)
            .sum();
    return TenantView.of(status, running);
  }
}
