package io.firesteel.admission.state;

import io.firesteel.job.Job;

/**
 * A kind of record in the {@link AdmissionStore}; its prefix is part of what is stored for good.
 */
public record Table<T>(String prefix, Class<T> type) {

  /** What was asked for, spec and all; only while the job may still need a driver. */
  public static final Table<Job> REQUESTS = new Table<>("j/", Job.class);

  /** Where each job is, live or remembered. */
  public static final Table<TrackedJob> JOBS = new Table<>("s/", TrackedJob.class);

  public static final Table<TenantState> TENANTS = new Table<>("t/", TenantState.class);

  /** The newest writing of each object that a remembered job is for. */
  public static final Table<NewestVersion> OBJECT_VERSIONS = new Table<>("o/", NewestVersion.class);

  public static final Table<CohortState> COHORTS = new Table<>("c/", CohortState.class);

  /** How many jobs wait for a job; a look here is cheaper than a search for nobody. */
  public static final Table<Long> DEPENDENT_COUNTS = new Table<>("b/", Long.class);

  /** How many of a tenant's jobs stand in its queue, for each priority. */
  public static final Table<Long> QUEUE_LENGTHS = new Table<>("n/", Long.class);
}
