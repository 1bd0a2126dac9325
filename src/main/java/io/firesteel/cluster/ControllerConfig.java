package io.firesteel.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the cluster side. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.cluster")
interface ControllerConfig {

  /** How many calls to one API server a replica makes at once. Tenants take turns. */
  @WithDefault("32")
  int parallelism();

  /**
   * How long the pod of a finished driver is kept, so that its log can be read. Everything that the
   * pod owns is deleted with it. A job's {@code timeToLiveSeconds} overrides this.
   */
  @WithDefault("PT1H")
  Duration keepFinished();

  /** The minimum time for which the pod of a failed driver is kept, for debugging. */
  Optional<Duration> keepFailed();

  /**
   * How long a driver may stay in an error about its image, a Secret, a ConfigMap or its container
   * before its attempt fails. A slow image pull is not an error.
   */
  @WithDefault("PT2M")
  Duration startTimeout();

  /**
   * How long a driver may wait for a node before its attempt fails. A pod behind a scheduling gate
   * may wait without limit.
   */
  @WithDefault("PT15M")
  Duration schedulingTimeout();

  /**
   * How long a pod may outlive its grace period before the worker deletes it by force. Choose a
   * longer time where a node may lose its network and continue running.
   */
  @WithDefault("PT2M")
  Duration forceDeleteAfter();

  /**
   * Whether driver pods get a startup probe of Spark's UI, by which Firesteel notices that a driver
   * is ready. A pod with a startup or readiness probe of its own, or without the UI, gets none.
   */
  @WithDefault("true")
  boolean startupProbe();

  /**
   * How many lines of the driver's log a failure carries, with secrets redacted: those of the cause
   * and the last ones. 0 means none, and the cluster's warnings about the pod are left out too.
   */
  @WithDefault("20")
  int logTailLines();

  /** How often the worker looks for orphans: Firesteel's objects that no pod owns. */
  @WithDefault("PT5M")
  Duration orphanCheckInterval();

  /**
   * How often a replica looks into a cluster in which it has nothing to do, for pods and orphans
   * that were left there. It closes the connection after two orphan checks that found nothing.
   */
  @WithDefault("PT1H")
  Duration sweepInterval();

  /**
   * How long a driver waits for the definition of its cluster, or for its namespace in that
   * definition, before it is rejected. Choose more than a changed file takes to reach all replicas.
   */
  @WithDefault("PT2M")
  Duration undefinedWait();

  /** How old an orphan must be before the worker deletes it. */
  @WithDefault("PT10M")
  Duration orphanMinAge();
}
