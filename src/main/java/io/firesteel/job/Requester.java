package io.firesteel.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of Firesteel that asked for a job itself, instead of a sender outside of it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Requester.ScheduledRun.class, name = "schedule"),
  @JsonSubTypes.Type(value = Requester.WorkflowTask.class, name = "workflow"),
  @JsonSubTypes.Type(value = Requester.Trigger.class, name = "trigger")
})
public sealed interface Requester {

  /**
   * A schedule.
   *
   * @param schedule its name; unique within the tenant
   * @param scheduledAt the nominal time of the run, not the time when it was asked for
   */
  record ScheduledRun(String schedule, Instant scheduledAt) implements Requester {}

  /**
   * A task of a workflow.
   *
   * @param workflow the workflow's id; unique within the tenant
   * @param index of the item; null for a task with one job
   */
  record WorkflowTask(String workflow, String task, @Nullable Integer index) implements Requester {}

  /**
   * A completion trigger.
   *
   * @param depth of how many triggers in a row it is the last; 1 for the first
   */
  record Trigger(String trigger, int depth) implements Requester {}

  /** The CloudEvents {@code source} of its requests. */
  default String source() {
    return switch (this) {
      case ScheduledRun(var schedule, _) -> "/schedules/" + schedule;
      case WorkflowTask(var workflow, _, _) -> "/workflows/" + workflow;
      case Trigger(var trigger, _) -> "/triggers/" + trigger;
    };
  }

  /** The extension attributes of every event about its jobs, by name. */
  default Map<String, String> attributes() {
    return switch (this) {
      case ScheduledRun(var schedule, var scheduledAt) ->
          Map.of("schedule", schedule, "scheduledat", scheduledAt.toString());
      case WorkflowTask(var workflow, var task, var index) ->
          index == null
              ? Map.of("workflow", workflow, "workflowtask", task)
              : Map.of(
                  "workflow", workflow, "workflowtask", task, "workflowindex", index.toString());
      case Trigger(var trigger, _) -> Map.of("trigger", trigger);
    };
  }

  /** The environment variables of the drivers of its jobs. */
  default Map<String, String> environment() {
    return switch (this) {
      case ScheduledRun(var schedule, var scheduledAt) ->
          Map.of("FIRESTEEL_SCHEDULE", schedule, "FIRESTEEL_SCHEDULED_AT", scheduledAt.toString());
      case WorkflowTask(var workflow, var task, var index) ->
          index == null
              ? Map.of("FIRESTEEL_WORKFLOW", workflow, "FIRESTEEL_TASK", task)
              : Map.of(
                  "FIRESTEEL_WORKFLOW",
                  workflow,
                  "FIRESTEEL_TASK",
                  task,
                  "FIRESTEEL_INDEX",
                  index.toString());
      case Trigger(var trigger, _) -> Map.of("FIRESTEEL_TRIGGER", trigger);
    };
  }
}
