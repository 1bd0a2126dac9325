package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.ask.Ask;
import io.firesteel.event.EventHeader;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.Map;
import java.util.Set;

/** What a decision about a workflow leads to. */
public sealed interface WorkflowOutput {

  /** Stores the spec of a new workflow. */
  record StoreSpec(WorkflowKey key, WorkflowSpec spec) implements WorkflowOutput {}

  /** Stores a state, and publishes the status that follows from it. */
  record StoreState(WorkflowState state) implements WorkflowOutput {}

  /** Stores what the job of a task handed on. */
  record StoreOutputs(WorkflowKey key, String task, Map<String, JsonNode> values)
      implements WorkflowOutput {}

  /** Deletes all that is stored about a workflow. */
  record Forget(WorkflowState state, Set<String> tasks) implements WorkflowOutput {}

  /** An ask for intake. */
  record WriteAsk(Ask ask) implements WorkflowOutput {}

  /** A public event. */
  record Publish(WorkflowKey key, long generation, EventHeader header, WorkflowEvent event)
      implements WorkflowOutput {

    /** The same for every replay: {@code tenant//workflow/id/generation/sequence}. */
    public String id() {
      return "%s//workflow/%s/%d/%010d"
          .formatted(key.tenant(), key.id(), generation, header.sequence());
    }
  }
}
