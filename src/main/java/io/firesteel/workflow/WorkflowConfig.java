package io.firesteel.workflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of workflows. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.workflows")
interface WorkflowConfig {

  /**
   * How long Firesteel remembers an ended workflow, to answer duplicates and to retry it. At least
   * as long as it remembers jobs.
   */
  @WithDefault("P8D")
  Duration retention();
}
