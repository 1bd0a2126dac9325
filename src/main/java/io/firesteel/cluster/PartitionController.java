package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import org.jspecify.annotations.Nullable;

/** Controls the drivers of one partition of the drivers topic while this replica owns it. */
interface PartitionController extends AutoCloseable {

  /**
   * Sets the desired driver of a job.
   *
   * @param driver null if the job is over
   */
  void setDesired(JobKey job, @Nullable DesiredDriver driver);

  /**
   * Ends a job whose desired driver cannot be read: nothing of it may run.
   *
   * @param known null if not even the attempt and the cohort can be read; nobody is told then
   */
  void rejectUnreadable(JobKey job, @Nullable KnownAttempt known);

  /**
   * What can be read of a desired driver that cannot be read as a whole.
   *
   * @param hasPod whether the pod of the attempt was observed
   */
  record KnownAttempt(Attempt attempt, String cohort, boolean hasPod) {}

  /** Starts to act. What is desired so far must have been set. */
  void start();

  /** Stops acting, and leaves the pods as they are. */
  @Override
  void close();
}
