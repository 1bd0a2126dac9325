package io.firesteel.admission.state;

import io.firesteel.job.JobKey;

/**
 * The newest writing of an object for which a job was let in.
 *
 * @param sequencer sorts the writings of one object as text
 * @param job forgotten together with this
 */
public record NewestVersion(String sequencer, JobKey job) {}
