package io.firesteel.cluster;

import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import org.jspecify.annotations.Nullable;

/** What a replica does about a partition of the drivers topic while it owns it. */
interface OwnedPartition extends AutoCloseable {

  /** Takes note of what admission wants; null when the job is over. */
  void desire(JobKey job, @Nullable DesiredDriver driver);

  /** Starts acting; what is desired so far must be known already. */
  void begin();

  /** Stops acting and leaves the pods as they are. */
  @Override
  void close();
}
