package io.firesteel.workflow.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.ask.Ask;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.event.Outcome;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.decision.AskHandler;
import io.firesteel.intake.decision.Decision;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.SampleRequests;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The workflow of the demo: intake accepts each of its jobs with what earlier ones hand on. */
final class DemoWorkflowTest {

  private static final Definitions DEFINITIONS =
      SampleDefinitions.of(
          """
          apiVersion: firesteel.io/v1alpha1
          kind: Tenant
          metadata: {name: globex}
          spec: {maxConcurrency: 2, allow: {hostPaths: ["*"], secrets: ["*"]}}
          """);

  @Test
  void acceptsEachOfItsJobs() {
    LocalDate today = LocalDate.parse("2026-03-03");
    String request =
        new SampleRequests(Path.of("/in"), Path.of("/out"))
            .weekly("globex", "weekly", today.minusDays(2), today, false)
            .toString();
    Decision decision = SampleMessages.HANDLER.decide(SampleMessages.plain(request), DEFINITIONS);
    assertThat(decision).isInstanceOf(Decision.AcceptWorkflow.class);
    WorkflowHarness workflow = new WorkflowHarness();
    workflow.tell(((Decision.AcceptWorkflow) decision).message());

    JsonNode days = JsonNodeFactory.instance.arrayNode().add("2026-03-01").add("2026-03-02");
    checkAsks(workflow);
    workflow.end(
        "weekly.week", Outcome.SUCCEEDED, Map.of("days", days, "files", IntNode.valueOf(3)));
    checkAsks(workflow);
    assertThat(workflow.running.keySet())
        .containsExactly("weekly.days.0", "weekly.days.1", "weekly.guess");
    workflow.succeed("weekly.days.0").succeed("weekly.days.1").succeed("weekly.guess");
    checkAsks(workflow);
    workflow.succeed("weekly.close");

    assertThat(workflow.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
  }

  private static void checkAsks(WorkflowHarness workflow) {
    for (Ask.JobAsked ask : List.copyOf(workflow.running.values())) {
      String record = new String(JsonCodec.write(ask), UTF_8);
      assertThat(
              AskHandler.decide(SampleMessages.of("firesteel-asks", Map.of(), record), DEFINITIONS))
          .as(record)
          .isInstanceOf(Decision.Accept.class);
    }
  }
}
