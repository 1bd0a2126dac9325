package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
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

  /** Starts to act. What is desired so far must have been set. */
  void start();

  /** Stops acting, and leaves the pods as they are. */
  @Override
  void close();
}
