package io.firesteel.workflow.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identity of a workflow; ids are unique within a tenant. The text form is {@code tenant/id}. */
public record WorkflowKey(String tenant, String id) {

  /** Reads the text form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static WorkflowKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("not of the form tenant/id: " + text);
    }
    return new WorkflowKey(text.substring(0, slash), text.substring(slash + 1));
  }

  @JsonValue
  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
