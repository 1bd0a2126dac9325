package io.firesteel.workflow.core;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.event.Outcome;
import io.firesteel.job.Failure;
import io.firesteel.job.Origin;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record of the workflows topic, keyed by tenant. Each may arrive more than once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkflowMessage.Requested.class, name = "requested"),
  @JsonSubTypes.Type(value = WorkflowMessage.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = WorkflowMessage.CancelRequested.class, name = "cancel"),
  @JsonSubTypes.Type(value = WorkflowMessage.RetryRequested.class, name = "retry"),
  @JsonSubTypes.Type(value = WorkflowMessage.JobEnded.class, name = "job-ended")
})
public sealed interface WorkflowMessage {

  /** The workflow. */
  WorkflowKey key();

  /** A valid request. */
  record Requested(WorkflowSpec spec, Origin origin) implements WorkflowMessage {
    @Override
    public WorkflowKey key() {
      return new WorkflowKey(spec.tenant(), spec.id());
    }
  }

  /** An invalid request. */
  record Refused(WorkflowKey key, Origin origin, Failure failure) implements WorkflowMessage {}

  /** An event cancels the workflow. */
  record CancelRequested(WorkflowKey key, Origin origin, @Nullable String reason)
      implements WorkflowMessage {}

  /**
   * An event asks for another workflow that does what this one left undone.
   *
   * @param retryId the id of the other one
   */
  record RetryRequested(WorkflowKey key, String retryId, Origin origin)
      implements WorkflowMessage {}

  /**
   * A job that the workflow asked for ended.
   *
   * @param index of its item; null for a task with one job
   */
  record JobEnded(
      WorkflowKey key,
      String task,
      @Nullable Integer index,
      Outcome outcome,
      Map<String, JsonNode> outputs)
      implements WorkflowMessage {
    public JobEnded {
      outputs = outputs == null ? Map.of() : outputs;
    }
  }
}
