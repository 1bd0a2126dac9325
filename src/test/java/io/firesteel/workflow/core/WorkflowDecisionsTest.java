package io.firesteel.workflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.event.Outcome;
import io.firesteel.json.JsonCodec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkflowDecisionsTest {

  private static final String CHAIN =
      """
      tasks:
        a: {template: t}
        b: {template: t, depends: a}
        c: {template: t, depends: b}
      """;

  private final WorkflowHarness workflow = new WorkflowHarness();

  @Test
  void asksForEachTaskWhenThoseBeforeItSucceeded() {
    workflow.start(CHAIN);
    assertThat(workflow.running.keySet()).containsExactly("w.a");
    workflow.succeed("w.a");
    assertThat(workflow.running.keySet()).containsExactly("w.b");
    workflow.succeed("w.b").succeed("w.c");

    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
    assertThat(workflow.states()).isEqualTo("a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED");
  }

  /** What happens to c, given how a and b end. */
  @ParameterizedTest
  @CsvSource({
    "a && b,                      SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED",
    "a && b,                      SUCCEEDED, FAILED,    OMITTED,   FAILED",
    "a || b,                      SUCCEEDED, FAILED,    SUCCEEDED, FAILED",
    "a.Succeeded && b.Failed,     SUCCEEDED, FAILED,    SUCCEEDED, SUCCEEDED",
    "a.Succeeded && b.Failed,     SUCCEEDED, SUCCEEDED, OMITTED,   SUCCEEDED",
    "a.Succeeded && b.Failed,     FAILED,    FAILED,    OMITTED,   FAILED",
    "a && !b.Failed,              SUCCEEDED, FAILED,    OMITTED,   FAILED",
    "!(a.Failed || b.Failed),     SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED",
    "a.Completed && b.Completed,  FAILED,    FAILED,    SUCCEEDED, SUCCEEDED",
    "a.Completed && b.Completed,  CANCELLED, SUCCEEDED, OMITTED,   CANCELLED",
    "a.AllFailed || b.AllFailed,  FAILED,    SUCCEEDED, SUCCEEDED, FAILED",
    "a.AnySucceeded && b,         SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED",
    "a.Omitted || b.Skipped,      SUCCEEDED, SUCCEEDED, OMITTED,   SUCCEEDED",
    "a && b,                      EXPIRED,   SUCCEEDED, OMITTED,   FAILED",
    "a.Failed && b.Failed,        REFUSED,   REFUSED,   SUCCEEDED, SUCCEEDED"
  })
  void judgesAnExpressionWhenAllItsTasksAreOver(
      String depends, Outcome a, Outcome b, String c, WorkflowOutcome outcome) {
    workflow.start(
        "failFast: false\ntasks:\n  a: {template: t}\n  b: {template: t}\n  c: {template: t, depends: '"
            + depends
            + "'}\n");
    workflow.end("w.a", a, Map.of());
    assertThat(workflow.running.keySet()).containsExactly("w.b");
    workflow.end("w.b", b, Map.of());
    if (c.equals("SUCCEEDED")) {
      workflow.succeed("w.c");
    }

    assertThat(workflow.states()).endsWith("c=" + c);
    if (!depends.contains("AllFailed ||")) {
      assertThat(workflow.outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void startsNothingAfterAFailureForWhichNoTaskProvides() {
    workflow.start("tasks: {a: {template: t}, b: {template: t}, c: {template: t, depends: b}}\n");
    workflow.fail("w.a").succeed("w.b");

    assertThat(workflow.states()).isEqualTo("a=FAILED b=SUCCEEDED c=OMITTED");
    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.FAILED);
    assertThat(workflow.results().getLast().failedJobs()).containsExactly("w.a");
    assertThat(workflow.state("w").tasks().get("c"))
        .isEqualTo(
            new TaskState.Over(TaskOutcome.OMITTED, Items.open(0), TaskState.Reason.FAIL_FAST));
  }

  @Test
  void runsManyJobsOfATaskAFewAtATime() {
    workflow.start(
        "tasks: {a: {template: t, forEach: {items: [x, y, z], maxParallel: 2}, parameters: {p: '{{item}}'}}}\n");
    assertThat(workflow.running.keySet()).containsExactly("w.a.0", "w.a.1");
    assertThat(workflow.parameters("w.a.1").at("/p").asText()).isEqualTo("y");
    workflow.succeed("w.a.1");
    assertThat(workflow.running.keySet()).containsExactly("w.a.0", "w.a.2");
    workflow.succeed("w.a.0").succeed("w.a.2");

    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, FAILED",
    "1, 1, SUCCEEDED",
    "1, 2, FAILED",
    "50%, 2, SUCCEEDED",
    "49%, 2, FAILED"
  })
  void toleratesSomeFailedJobsOfATask(String tolerated, int failures, WorkflowOutcome outcome) {
    workflow.start(
        "tasks: {a: {template: t, forEach: {items: [1, 2, 3, 4], tolerateFailures: "
            + tolerated
            + "}}}\n");
    for (int i = 0; i < 4; i++) {
      workflow.end("w.a." + i, i < failures ? Outcome.FAILED : Outcome.SUCCEEDED, Map.of());
    }

    assertThat(workflow.outcome()).isEqualTo(outcome);
  }

  @Test
  void handsOutputsOnAsParametersAndAsItems() {
    workflow.start(
        """
        tasks:
          a: {template: t}
          b: {template: t, depends: a, forEach: {from: a.outputs.days, as: day}, parameters: {day: '{{day}}', rows: '{{tasks.a.outputs.rows}}'}}
        onExit: {template: t, parameters: {how: '{{workflow.outcome}}', rows: 'n={{tasks.a.outputs.rows}}'}}
        """);
    JsonNode days = JsonNodeFactory.instance.arrayNode().add("mon").add("tue");
    workflow.end("w.a", Outcome.SUCCEEDED, Map.of("rows", IntNode.valueOf(42), "days", days));

    assertThat(workflow.parameters("w.b.1").toString()).isEqualTo("{\"day\":\"tue\",\"rows\":42}");
    workflow.succeed("w.b.0").succeed("w.b.1");
    assertThat(workflow.parameters("w.onExit").toString())
        .isEqualTo("{\"how\":\"SUCCEEDED\",\"rows\":\"n=42\"}");
    assertThat(workflow.results()).isEmpty();
    workflow.fail("w.onExit");
    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
    assertThat(workflow.results().getLast().failedJobs()).containsExactly("w.onExit");
  }

  @Test
  void failsATaskWhoseInputWasNotHandedOn() {
    workflow.start(
        "tasks: {a: {template: t}, b: {template: t, depends: a, parameters: {p: '{{tasks.a.outputs.rows}}'}}}\n");
    workflow.succeed("w.a");

    assertThat(workflow.running).isEmpty();
    assertThat(JsonCodec.toTree(workflow.results().getLast()).at("/tasks/b/reason").asText())
        .isEqualTo("OUTPUT_MISSING");
    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.FAILED);
  }

  @Test
  void failsATaskWhoseItemsWereNotHandedOnAndSkipsOneWithout() {
    String both =
        "tasks: {a: {template: t}, b: {template: t, depends: a, forEach: {from: a.outputs.days}}, c: {template: t, depends: b}}\n";
    workflow.start(both).succeed("w.a");
    assertThat(workflow.states()).isEqualTo("a=SUCCEEDED b=FAILED c=OMITTED");

    WorkflowHarness empty = new WorkflowHarness().start(both);
    empty.end("w.a", Outcome.SUCCEEDED, Map.of("days", JsonNodeFactory.instance.arrayNode()));
    assertThat(empty.states())
        .isEqualTo("a=SUCCEEDED b=SKIPPED c=WAITING".replace("WAITING", "RUNNING"));
  }

  @Test
  void endsACancelledWorkflowWhenItsLastJobIsGone() {
    workflow.start(
        "tasks: {a: {template: t}, b: {template: t, forEach: {items: [1, 2, 3], maxParallel: 2}}, c: {template: t, depends: a}}\n");
    workflow.cancel();

    assertThat(workflow.stopped).containsExactly("w.a", "w.b.0", "w.b.1");
    assertThat(workflow.results()).isEmpty();
    workflow.end("w.a", Outcome.CANCELLED, Map.of()).end("w.b.0", Outcome.CANCELLED, Map.of());
    assertThat(workflow.results()).isEmpty();
    workflow.succeed("w.b.1");

    assertThat(workflow.states()).isEqualTo("a=CANCELLED b=CANCELLED c=OMITTED");
    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.CANCELLED);
    workflow.cancel();
    assertThat(workflow.events.getLast()).isInstanceOf(WorkflowEvent.Unchanged.class);
    assertThat(workflow.results()).hasSize(1);
  }

  @Test
  void stopsAWorkflowAtItsDeadline() {
    workflow.start("deadline: {finishWithin: 2h}\n" + CHAIN).tick(Duration.ofMinutes(119));
    assertThat(workflow.stopped).isEmpty();
    workflow.tick(Duration.ofMinutes(1));
    assertThat(workflow.stopped).containsExactly("w.a");
    workflow.end("w.a", Outcome.CANCELLED, Map.of());

    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.FAILED);
    assertThat(workflow.results().getLast().failure()).isNotNull();
  }

  @Test
  void answersASecondRequestWithoutStartingAnything() {
    workflow.start(CHAIN).start(CHAIN);

    assertThat(workflow.asked).containsExactly("w.a");
    assertThat(workflow.events.getLast())
        .isEqualTo(new WorkflowEvent.Duplicate("/test", "1", WorkflowState.Phase.RUNNING));
  }

  @Test
  void retriesWhatFailedAndWhatComesAfterIt() {
    workflow.start(
        """
        failFast: false
        tasks:
          a: {template: t}
          b: {template: t, depends: a, forEach: {items: [x, y]}, parameters: {p: '{{tasks.a.outputs.rows}}'}}
          c: {template: t, depends: b.Failed}
        """);
    workflow.end("w.a", Outcome.SUCCEEDED, Map.of("rows", IntNode.valueOf(42)));
    workflow.succeed("w.b.0").fail("w.b.1").fail("w.c");
    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.FAILED);

    workflow.tell(
        new WorkflowMessage.RetryRequested(
            WorkflowHarness.key("w"), "w2", WorkflowHarness.origin("r")));
    assertThat(workflow.running.keySet()).containsExactly("w2.b.1");
    assertThat(workflow.parameters("w2.b.1").at("/p").asInt()).isEqualTo(42);
    workflow.succeed("w2.b.1");

    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
    assertThat(workflow.results().getLast().retryOf()).isEqualTo("w");
    assertThat(workflow.state("w2").tasks().get("c")).isInstanceOf(TaskState.Over.class);
  }

  @Test
  void refusesToRetryWhatRunsOrSucceededOrIsUnknown() {
    workflow.start(CHAIN);
    var retry =
        new WorkflowMessage.RetryRequested(
            WorkflowHarness.key("w"), "w2", WorkflowHarness.origin("r"));
    workflow.tell(retry);
    assertThat(workflow.events.getLast().toString()).contains("cancel it first");
    workflow.succeed("w.a").succeed("w.b").succeed("w.c");
    workflow.tell(retry);
    assertThat(workflow.events.getLast().toString()).contains("the workflow succeeded");
    workflow.tell(
        new WorkflowMessage.RetryRequested(
            WorkflowHarness.key("other"), "w2", WorkflowHarness.origin("r")));
    assertThat(workflow.events.getLast().toString()).contains("the workflow is unknown");
    assertThat(workflow.asked).hasSize(3);
  }

  @Test
  void forgetsAWorkflowAWeekAfterItsEnd() {
    workflow.start(CHAIN).fail("w.a");
    workflow.tick(WorkflowHarness.WEEK.minusSeconds(1));
    assertThat(workflow.state(WorkflowHarness.key("w"))).isNotNull();
    workflow.tick(Duration.ofSeconds(1));
    assertThat(workflow.state(WorkflowHarness.key("w"))).isNull();
    assertThat(workflow.spec(WorkflowHarness.key("w"))).isNull();
  }
}
