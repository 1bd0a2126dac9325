package io.firesteel.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the topics; they take hold at start. */
@ConfigMapping(prefix = "firesteel.topics")
interface TopicsConfig {

  /** Put before every topic name, so that several installations share one Kafka. */
  Optional<String> prefix();

  /**
   * Partitions of topics that do not exist yet. For the inbox and the drivers it is the largest
   * number of replicas that share the work, and it must not change afterwards.
   */
  @WithDefault("6")
  int partitions();

  /** Copies of topics that do not exist yet; -1 is the broker's default. */
  @WithDefault("-1")
  short replicationFactor();

  /** Whether missing topics are made at start; otherwise they must be there. */
  @WithDefault("true")
  boolean create();

  /** How long the start waits for a broker to answer. */
  @WithDefault("PT2M")
  Duration startTimeout();
}
