package io.firesteel.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the Kafka Streams instances of this replica; they take hold at start. */
@ConfigMapping(prefix = "firesteel.streams")
interface StreamsAppConfig {

  /** Where state is kept. A replica that finds its own state again is back in seconds. */
  @WithDefault("${java.io.tmpdir}/firesteel")
  Path stateDirectory();

  /**
   * A name that this replica alone has and keeps over restarts, such as its StatefulSet pod's. With
   * it a restart takes its partitions back at once; without it the others wait for the session
   * timeout.
   */
  Optional<String> instanceId();

  /**
   * How long a silent replica keeps its partitions. It stops calling the API server after two
   * thirds of that.
   */
  @WithDefault("PT10S")
  Duration sessionTimeout();

  /** Copies of the state on other replicas, for short failovers. */
  @WithDefault("0")
  int standbyReplicas();
}
