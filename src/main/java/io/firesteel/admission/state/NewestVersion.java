package io.firesteel.admission.state;

import io.firesteel.job.JobKey;

/**
 * The newest version of an object for which a job was accepted.
 *
 * @param sequencer orders the versions of one object, as text
 * @param job the job of that version; both are deleted together
 */
public record NewestVersion(String sequencer, JobKey job) {}
