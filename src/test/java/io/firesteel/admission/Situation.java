package io.firesteel.admission;

import io.firesteel.job.Dependency;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/** A state of a job and the shortest way into it: the columns of the table. */
enum Situation {
  UNKNOWN("unknown"),
  FORETOLD("foretold"),
  BLOCKED("blocked"),
  DELAYED("delayed"),
  BACKOFF("backoff"),
  QUEUED("queued"),
  ADMITTED("admitted"),
  SUBMITTED("submitted"),
  RUNNING("running"),
  STOPPING("stopping"),
  STOPPING_UNSEEN("stopping, no pod seen"),
  ENDED("ended");

  /** The job that the table is about. */
  static final JobKey JOB = new JobKey("blue", "job");

  /** The job that a blocked one waits for. */
  static final JobKey OTHER = new JobKey("blue", "other");

  /** When a delayed job may start; a backoff of that length is over a fifth later at most. */
  static final Instant WAIT_OVER = Sample.START.plus(Duration.ofHours(20));

  private static final AdmissionSettings SETTINGS =
      new AdmissionSettings(
          Duration.ofDays(7),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(1),
          LinkTemplates.NONE);

  private final String title;

  Situation(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** A world in which the job is in this state; two slots, the second one free. */
  World world(Sample sample) {
    World world = new World(SETTINGS);
    world.limit("blue", 2);
    switch (this) {
      case UNKNOWN -> {}
      case FORETOLD -> world.cancel(JOB);
      case BLOCKED -> {
        world.submit(Sample.job("blue", OTHER.id()));
        world.submit(sample.after(OTHER.id(), Dependency.Condition.SUCCESS));
      }
      case DELAYED -> world.submit(sample.notBefore(WAIT_OVER));
      case BACKOFF -> {
        world.submit(sample.retry(retryOnce(Duration.between(Sample.START, WAIT_OVER))));
        world.finished(JOB, Sample.failure(FailureCategory.APPLICATION));
      }
      case QUEUED -> {
        world.limit("blue", 0);
        world.submit(sample);
      }
      case ADMITTED, SUBMITTED, RUNNING, STOPPING, ENDED -> drive(world, sample);
      case STOPPING_UNSEEN -> {
        world.submit(sample);
        world.cancel(JOB);
      }
    }
    return world;
  }

  static RetryPolicy retryOnce(Duration pause) {
    return new RetryPolicy(RetryPolicy.Type.ON_FAILURE, 1, pause, 1, pause);
  }

  private void drive(World world, Sample sample) {
    world.submit(sample);
    if (ordinal() >= SUBMITTED.ordinal()) {
      world.created(JOB);
    }
    if (ordinal() >= RUNNING.ordinal()) {
      world.started(JOB);
    }
    if (this == STOPPING) {
      world.cancel(JOB);
    }
    if (this == ENDED) {
      world.finished(JOB, null);
    }
  }
}
