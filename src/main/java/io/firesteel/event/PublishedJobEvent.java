package io.firesteel.event;

import io.firesteel.job.JobKey;

/**
 * A job event with its position in the job's history.
 *
 * @param generation identifies the request among those with the same job id; only increases
 */
public record PublishedJobEvent(JobKey job, long generation, EventHeader header, JobEvent event) {

  /** The same for every replay: {@code tenant/job/generation/sequence}. */
  public String id() {
    return job + "/" + generation + "/" + header.sequenceText();
  }
}
