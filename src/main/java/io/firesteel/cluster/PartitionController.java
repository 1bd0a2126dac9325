package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import org.jspecify.annotations.Nullable;

/** What a replica does about a partition of the drivers topic while it owns it. */
interface PartitionController extends AutoCloseable {

  /** Takes note of what admission wants; null when the job is over. */
  void setDesired(JobKey job, @Nullable DesiredDriver driver);

  /** Starts acting; what is desired so far must be known already. */
  void start();

  /** Stops acting and leaves the pods as they are. */
  @Override
  void close();
}
