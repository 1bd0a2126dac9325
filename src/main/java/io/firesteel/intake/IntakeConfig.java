package io.firesteel.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the way in; they take hold at start. */
@ConfigMapping(prefix = "firesteel.intake")
interface IntakeConfig {

  /** Largest value of a request in bytes; larger ones are refused. */
  @WithDefault("1048576")
  int largestMessage();

  /** Pause before a message that Kafka did not take is sent again. */
  @WithDefault("PT1S")
  Duration retryPause();
}
