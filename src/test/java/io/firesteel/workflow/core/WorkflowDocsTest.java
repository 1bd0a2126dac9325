package io.firesteel.workflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.event.Outcome;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.decision.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the example of docs/workflows.md with the definitions of schemas/examples. */
final class WorkflowDocsTest {

  @Test
  void runsTheExample() throws IOException {
    Decision decision =
        SampleMessages.HANDLER.decide(
            SampleMessages.of(
                "spark-job-requests", Map.of("content-type", "application/yaml"), example()),
            SampleDefinitions.examples());
    assertThat(decision).isInstanceOf(Decision.AcceptWorkflow.class);
    WorkflowHarness workflow = new WorkflowHarness();
    workflow.tell(((Decision.AcceptWorkflow) decision).message());

    String id = "billing-2026-03";
    Map<String, JsonNode> day = Map.of("day", TextNode.valueOf("2026-03-01"));
    workflow.end(id + ".first", Outcome.SUCCEEDED, day);
    for (int i = 0; i < 30; i++) {
      assertThat(workflow.running).hasSize(Math.min(4, 30 - i));
      workflow.end(id + ".rest." + i, i < 3 ? Outcome.FAILED : Outcome.SUCCEEDED, Map.of());
    }
    assertThat(workflow.parameters(id + ".close").at("/day").asText()).isEqualTo("2026-03-01");
    workflow.succeed(id + ".close").succeed(id + ".onExit");

    WorkflowResult result = workflow.results().getLast();
    assertThat(result.outcome()).isEqualTo(WorkflowOutcome.SUCCEEDED);
    assertThat(result.failedJobs()).hasSize(3);
    assertThat(result.tasks())
        .hasEntrySatisfying("again", task -> assertThat(task.state()).isEqualTo("OMITTED"));
  }

  private static String example() throws IOException {
    String page = Files.readString(Path.of("docs/workflows.md"));
    String fence = "<!-- example -->\n```yaml\n";
    int begin = page.indexOf(fence) + fence.length();
    return page.substring(begin, page.indexOf("```", begin));
  }
}
