package io.firesteel.workflow.core;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.firesteel.workflow.spec.Condition;
import org.jspecify.annotations.Nullable;

/** The state of a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TaskState.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = TaskState.Started.class, name = "started"),
  @JsonSubTypes.Type(value = TaskState.Over.class, name = "over")
})
public sealed interface TaskState {

  /**
   * The tasks that it depends on are not over.
   *
   * @param kept what succeeded in the workflow that this one retries; null if nothing did
   */
  record Waiting(@Nullable Items kept) implements TaskState {}

  /** Its jobs are asked for. */
  record Started(Items items) implements TaskState {}

  /**
   * It ended.
   *
   * @param reason why it has no other outcome, as a word; null if its jobs say so
   */
  record Over(TaskOutcome outcome, Items items, @Nullable Reason reason) implements TaskState {

    boolean started() {
      return outcome != TaskOutcome.OMITTED;
    }

    boolean is(Condition condition) {
      return switch (condition) {
        case PASSED -> outcome == TaskOutcome.SUCCEEDED || outcome == TaskOutcome.SKIPPED;
        case SUCCEEDED -> outcome == TaskOutcome.SUCCEEDED;
        case FAILED -> outcome == TaskOutcome.FAILED;
        case SKIPPED -> outcome == TaskOutcome.SKIPPED;
        case OMITTED -> outcome == TaskOutcome.OMITTED;
        case COMPLETED -> outcome == TaskOutcome.SUCCEEDED || outcome == TaskOutcome.FAILED;
        case ANY_SUCCEEDED -> items.count(Items.SUCCEEDED) > 0;
        case ALL_FAILED -> items.size() > 0 && items.count(Items.FAILED) == items.size();
      };
    }
  }

  /** Why a task ended without a job that says so. */
  enum Reason {
    /** Its {@code depends} was false. */
    DEPENDS,
    /** An earlier failure, for which no task provides. */
    FAIL_FAST,
    /** The workflow was cancelled. */
    CANCELLED,
    /** The deadline of the workflow passed. */
    DEADLINE,
    /** A value that it uses was not handed on. */
    OUTPUT_MISSING,
    /** The list that gives its items is too long, or is no list. */
    ITEMS_INVALID,
    /** The request with all values filled in is too large. */
    TOO_LARGE
  }

  /** Its jobs; none before it starts. */
  default Items items() {
    return switch (this) {
      case Waiting _ -> Items.open(0);
      case Started(var items) -> items;
      case Over(_, var items, _) -> items;
    };
  }
}
