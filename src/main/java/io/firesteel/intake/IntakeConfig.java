package io.firesteel.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of intake. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.intake")
interface IntakeConfig {

  /** The largest value of a request or notification, in bytes. A larger one is refused. */
  @WithDefault("1048576")
  int maxMessageBytes();

  /**
   * How many messages a tenant may send at once before admission handles its further messages after
   * those of other tenants. Each replica counts for itself.
   */
  @WithDefault("500")
  int burst();

  /** How many messages of the burst a tenant regains each second. */
  @WithDefault("50")
  int rate();

  /** How long intake waits before it sends a message again that Kafka did not accept. */
  @WithDefault("PT1S")
  Duration retryBackoff();
}
