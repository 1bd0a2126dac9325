package io.firesteel.cluster.controller;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Controls the drivers of one partition of the drivers topic in one cluster. */
public interface ClusterController extends AutoCloseable {

  /** Sets the desired driver of a job; null if the job is over. */
  void setDesired(JobKey job, @Nullable DesiredDriver driver);

  /** Starts to act. What is desired so far must have been set. */
  void start();

  /** Since when no driver is desired and no pod exists; null while there are any, or none known. */
  @Nullable Instant idleSince();

  /** Stops acting, and leaves the pods as they are. */
  @Override
  void close();
}
