package io.firesteel.admission;

import io.firesteel.job.JobKey;

/**
 * The newest writing of an object for which a job was let in.
 *
 * @param order sorts the writings of one object as text
 * @param job forgotten together with this
 */
record NewestVersion(String order, JobKey job) {}
