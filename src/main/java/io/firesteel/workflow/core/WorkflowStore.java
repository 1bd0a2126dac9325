package io.firesteel.workflow.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored about workflows, as of the start of a decision. */
public interface WorkflowStore {

  /** The state of a workflow; null if it is unknown. */
  @Nullable WorkflowState state(WorkflowKey key);

  /** The spec of a workflow; null if it is unknown. */
  @Nullable WorkflowSpec spec(WorkflowKey key);

  /** What the job of a task handed on. */
  Map<String, JsonNode> outputs(WorkflowKey key, String task);
}
