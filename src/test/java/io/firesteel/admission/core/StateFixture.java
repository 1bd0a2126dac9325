package io.firesteel.admission.core;

import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** A state of a job and the shortest way into it: the columns of the table. */
enum StateFixture {
  UNKNOWN("unknown"),
  PRECANCELLED("precancelled"),
  BLOCKED("blocked"),
  DELAYED("delayed"),
  BACKOFF("backoff"),
  QUEUED("queued"),
  ADMITTED("admitted"),
  SUBMITTED("submitted"),
  RUNNING("running"),
  STOPPING("stopping"),
  STOPPING_UNSEEN("stopping, no pod seen"),
  ENDED("ended"),
  REFUSED("ended, refused");

  /** The job that the table is about. */
  static final JobKey JOB = new JobKey("blue", "job");

  /** The job that a blocked one waits for. */
  static final JobKey OTHER = new JobKey("blue", "other");

  /** When a delayed job may start. Jitter makes a backoff of that length up to a fifth longer. */
  static final Instant WAIT_OVER = SampleJob.START.plus(Duration.ofHours(20));

  private static final AdmissionSettings SETTINGS =
      new AdmissionSettings(
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(1),
          LinkTemplates.NONE);

  private final String title;

  StateFixture(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** An admission in which the job is in this state; two slots, the second one free. */
  AdmissionHarness admission(SampleJob sampleJob) {
    AdmissionHarness admissionHarness = new AdmissionHarness(SETTINGS);
    admissionHarness.limit("blue", 2);
    switch (this) {
      case UNKNOWN -> {}
      case PRECANCELLED -> admissionHarness.cancel(JOB);
      case BLOCKED -> {
        admissionHarness.submit(SampleJob.job("blue", OTHER.id()));
        admissionHarness.submit(sampleJob.after(OTHER.id(), Dependency.Condition.SUCCESS));
      }
      case DELAYED -> admissionHarness.submit(sampleJob.notBefore(WAIT_OVER));
      case BACKOFF -> {
        admissionHarness.submit(
            sampleJob.retry(retryOnce(Duration.between(SampleJob.START, WAIT_OVER))));
        admissionHarness.finished(JOB, SampleJob.failure(FailureCategory.APPLICATION));
      }
      case QUEUED -> {
        admissionHarness.limit("blue", 0);
        admissionHarness.submit(sampleJob);
      }
      case ADMITTED, SUBMITTED, RUNNING, STOPPING, ENDED -> drive(admissionHarness, sampleJob);
      case REFUSED -> admissionHarness.send("blue", Stimulus.refusal(1));
      case STOPPING_UNSEEN -> {
        admissionHarness.submit(sampleJob);
        admissionHarness.cancel(JOB);
      }
    }
    return admissionHarness;
  }

  static RetryPolicy retryOnce(Duration pause) {
    return new RetryPolicy(RetryPolicy.RetryType.ON_FAILURE, 1, pause, 1, pause);
  }

  private void drive(AdmissionHarness admissionHarness, SampleJob sampleJob) {
    admissionHarness.submit(sampleJob);
    if (ordinal() >= SUBMITTED.ordinal()) {
      admissionHarness.created(JOB);
    }
    if (ordinal() >= RUNNING.ordinal()) {
      admissionHarness.started(JOB);
    }
    if (this == STOPPING) {
      admissionHarness.cancel(JOB);
    }
    if (this == ENDED) {
      admissionHarness.finished(JOB, null);
    }
  }
}
