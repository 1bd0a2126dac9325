package io.firesteel.workflow;

import io.firesteel.workflow.core.WorkflowEvent;
import io.firesteel.workflow.core.WorkflowOutcome;
import io.firesteel.workflow.core.WorkflowOutput;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts the workflows of each tenant by how they ended. A decision that is repeated after a crash
 * counts again. Thread-safe.
 */
record WorkflowMetrics(MeterRegistry registry) {

  /** Counter; tags tenant and outcome (succeeded, failed, cancelled, refused). */
  static final String ENDED = "firesteel.workflows.ended";

  void count(WorkflowOutput output) {
    if (output instanceof WorkflowOutput.Publish publish) {
      String tenant = publish.key().tenant();
      switch (publish.event()) {
        case WorkflowEvent.Ended(var result) -> count(tenant, result.outcome(), 1);
        // A counter that starts at 1 has no increase, and an alert on the increase would miss it.
        case WorkflowEvent.Accepted _ -> count(tenant, WorkflowOutcome.FAILED, 0);
        case WorkflowEvent.TaskChanged _,
            WorkflowEvent.Duplicate _,
            WorkflowEvent.Stopping _,
            WorkflowEvent.Unchanged _ -> {}
      }
    }
  }

  private void count(String tenant, WorkflowOutcome outcome, int workflows) {
    String word = outcome.name().toLowerCase(Locale.ROOT);
    registry.counter(ENDED, "tenant", tenant, "outcome", word).increment(workflows);
  }
}
