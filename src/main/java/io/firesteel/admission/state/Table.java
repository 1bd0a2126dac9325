package io.firesteel.admission.state;

import io.firesteel.job.Job;

/** A kind of record in the {@link AdmissionStore}. */
public record Table<T>(String prefix, Class<T> type) {

  /** The request with its spec; deleted when the job ends. */
  public static final Table<Job> REQUESTS = new Table<>(KeyLayout.REQUESTS, Job.class);

  /** Every job that is live or within its retention. */
  public static final Table<TrackedJob> JOBS = new Table<>(KeyLayout.JOBS, TrackedJob.class);

  public static final Table<TenantState> TENANTS =
      new Table<>(KeyLayout.TENANTS, TenantState.class);

  /** The newest version of each object that a stored job processes. */
  public static final Table<NewestVersion> OBJECT_VERSIONS =
      new Table<>(KeyLayout.OBJECT_VERSIONS, NewestVersion.class);

  public static final Table<CohortState> COHORTS =
      new Table<>(KeyLayout.COHORTS, CohortState.class);

  /** How many jobs depend on a job. Reading the count is cheaper than searching an empty set. */
  public static final Table<Long> DEPENDENT_COUNTS =
      new Table<>(KeyLayout.DEPENDENT_COUNTS, Long.class);

  /** The length of a tenant's ready queue for each priority. */
  public static final Table<Long> QUEUE_LENGTHS = new Table<>(KeyLayout.QUEUE_LENGTHS, Long.class);

  /** Whether each record is about one job, whose key is its key. */
  public boolean isAboutOneJob() {
    return this == REQUESTS || this == JOBS;
  }
}
