package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.JobKey;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

  /**
   * Adapts to clusters that were defined, changed or removed, and to the time that passed.
   *
   * @param table passes on each desired driver of the partition
   */
  void refresh(Consumer<BiConsumer<JobKey, DesiredDriver>> table);

  /** Stops acting, and leaves the pods as they are. */
  @Override
  void close();
}
