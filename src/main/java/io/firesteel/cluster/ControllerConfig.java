package io.firesteel.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the cluster side; they take hold at start. */
@ConfigMapping(prefix = "firesteel.cluster")
interface ControllerConfig {

  /** Calls to one API server that a replica has under way at once; tenants take turns. */
  @WithDefault("32")
  int parallelism();

  /**
   * How long a finished driver pod is kept, for its log; everything it owns goes with it. A job's
   * {@code timeToLiveSeconds} goes before it.
   */
  @WithDefault("PT1H")
  Duration keepFinished();

  /** How long at least the pod of a driver that failed is kept, to look into it. */
  Optional<Duration> keepFailed();

  /**
   * How long a driver may wait for something that cannot heal by itself (image, Secret, ConfigMap).
   */
  @WithDefault("PT2M")
  Duration giveUpStartAfter();

  /** How long a driver may wait for a node with room. */
  @WithDefault("PT15M")
  Duration giveUpSchedulingAfter();

  /**
   * How long after its grace a deleted pod may still be there before it is removed by force. A
   * longer time is safer where nodes lose their network and go on running.
   */
  @WithDefault("PT2M")
  Duration forceDeletionAfter();

  /** How many of the driver's last log lines a failure carries, secrets redacted; 0 for none. */
  @WithDefault("20")
  int logTailLines();

  /** How often objects of ours that belong to nothing are looked for. */
  @WithDefault("PT5M")
  Duration sweepEvery();

  /** How old such an object must be to be removed. */
  @WithDefault("PT10M")
  Duration sweepGrace();
}
