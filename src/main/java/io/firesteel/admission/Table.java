package io.firesteel.admission;

import io.firesteel.job.Job;

/** A kind of record in the {@link State}; its prefix is part of what is stored for good. */
public record Table<T>(String prefix, Class<T> type) {

  /** What was asked for, spec and all; only while the job may still need a driver. */
  static final Table<Job> REQUESTS = new Table<>("j/", Job.class);

  /** Where each job is, live or remembered. */
  static final Table<TrackedJob> JOBS = new Table<>("s/", TrackedJob.class);

  static final Table<Tenant> TENANTS = new Table<>("t/", Tenant.class);

  /** The newest writing of each object that a remembered job is for. */
  static final Table<NewestVersion> OBJECTS = new Table<>("o/", NewestVersion.class);

  static final Table<Cohort> COHORTS = new Table<>("c/", Cohort.class);

  /** How many jobs wait for a job; a look here is cheaper than a search for nobody. */
  static final Table<Long> AWAITED = new Table<>("b/", Long.class);

  /** How many of a tenant's jobs stand in its queue, for each priority. */
  static final Table<Long> QUEUED = new Table<>("n/", Long.class);
}
