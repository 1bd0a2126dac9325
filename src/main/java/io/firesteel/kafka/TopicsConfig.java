package io.firesteel.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the topics. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.topics")
interface TopicsConfig {

  /** A prefix for every topic and group name, so that several installations can share one Kafka. */
  Optional<String> prefix();

  /**
   * Partitions of the topics that the worker creates. At most as many replicas share the work.
   * Never change the number for the inbox, the observations, the backlog and the drivers topic.
   */
  @WithDefault("6")
  int partitions();

  /** Replicas of the topics that the worker creates; -1 means the broker's default. */
  @WithDefault("-1")
  short replicationFactor();

  /** Whether the worker creates missing topics at start. If not, they must exist. */
  @WithDefault("true")
  boolean create();

  /** How long the worker waits at start for a broker to answer. */
  @WithDefault("PT2M")
  Duration startTimeout();
}
