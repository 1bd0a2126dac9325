package io.firesteel.cluster;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.job.Attempt;
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
