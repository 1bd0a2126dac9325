package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.workflow.core.WorkflowKey;
import io.firesteel.workflow.core.WorkflowMessage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkflowRequestHandlerTest {

  private static final Definitions EXAMPLES = SampleDefinitions.examples();
  private static final String DAYS =
      """
      tenant: sales
      workflowId: march
      parameters: {first: 2026-03-01}
      tasks:
        first: {template: daily-totals, parameters: {day: '{{workflow.parameters.first}}'}}
        rest:
          template: daily-totals
          depends: first
          forEach: {dates: {from: 2026-03-02, to: 2026-03-31}, as: day}
          parameters: {day: '{{day}}'}
        sum: {template: daily-totals, depends: rest, parameters: {day: '{{tasks.first.outputs.day}}'}}
      """;

  @Test
  void acceptsAWorkflowWhoseJobsWouldBeAccepted() throws IOException {
    Decision decision = decide("spark-job-requests", "request", DAYS);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.AcceptWorkflow.class,
            accepted -> {
              assertThat(accepted.message().key()).isEqualTo(new WorkflowKey("sales", "march"));
              assertThat(((WorkflowMessage.Requested) accepted.message()).spec().tasks())
                  .hasSize(3);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          to: 2026-03-31 => to: 2026-13-31 => /data/tasks/rest/forEach/dates/to: must be a date such as 2026-03-01, is "2026-13-31"
          template: daily-totals, depends: rest => template: daily-total, depends: rest => /data/tasks/sum: template daily-total is not defined or does not allow tenant sales; did you mean daily-totals?
          parameters: {day: '{{day}}'} => parameters: {day: 'on {{day}}'} => /data/tasks/rest/parameters/day: must be a date such as 2026-03-01, is "on 2026-03-02"
          outputs.day}}'} => outputs.day}}', dya: 1} => /data/tasks/sum/parameters/dya: is not a parameter of the template
          tenant: sales => tenant: saels => tenant saels is not defined; did you mean sales?
          """)
  void refusesAWorkflowAsAWholeAndSaysWhere(String good, String bad, String error)
      throws IOException {
    assertThat(DAYS).contains(good);
    Decision decision = decide("spark-job-requests", "request", DAYS.replace(good, bad));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.RejectWorkflow.class,
            rejected -> {
              assertThat(rejected.rejection().message()).isEqualTo(error);
              assertThat(rejected.message().failure().message()).isEqualTo(error);
            });
  }

  /** A placeholder keeps the type of its value, and the arguments of a program are strings. */
  @Test
  void acceptsANumberWhereASpecNeedsAString() throws IOException {
    String inline =
        """
        tenant: sales
        workflowId: pi
        parameters: {slices: 8, executors: 2}
        tasks:
          pi:
            spec:
              type: Java
              sparkVersion: 4.1.1
              image: spark:4.1.1
              mainClass: org.apache.spark.examples.SparkPi
              mainApplicationFile: local:///opt/spark/examples/spark-examples.jar
              arguments: ["{{workflow.parameters.slices}}"]
              driver: {cores: 1, memory: 512m}
              executor: {instances: "{{workflow.parameters.executors}}", cores: 1, memory: 512m}
        """;

    assertThat(decide("spark-job-requests", "request", inline))
        .isInstanceOf(Decision.AcceptWorkflow.class);
  }

  @Test
  void reportsEveryTaskThatWouldBeRefused() throws IOException {
    Decision decision =
        decide(
            "spark-job-requests",
            "request",
            DAYS.replace("template: daily-totals", "template: none"));

    assertThat(((Decision.RejectWorkflow) decision).rejection().message())
        .contains(
            "/tasks/first: template none",
            "/tasks/rest: template none",
            "/tasks/sum: template none");
  }

  @Test
  void takesTheTenantFromItsTopicAndRefusesAnother() throws IOException {
    assertThat(decide("spark-job-requests.sales", "request", DAYS.replace("tenant: sales\n", "")))
        .isInstanceOf(Decision.AcceptWorkflow.class);
    assertThat(decide("spark-job-requests.other", "request", DAYS))
        .isInstanceOf(Decision.RejectWorkflow.class);
  }

  @Test
  void makesADeadLetterOfARequestWithoutAnId() throws IOException {
    assertThat(decide("spark-job-requests", "request", DAYS.replace("workflowId: march\n", "")))
        .isInstanceOf(Decision.DeadLetter.class);
  }

  @Test
  void readsCancellationsAndRetries() throws IOException {
    String event = "{tenant: sales, workflowId: march}";
    assertThat(decide("spark-job-requests", "cancel", event).toString())
        .contains("CancelRequested");
    assertThat(decide("spark-job-requests", "retry", event).toString())
        .containsPattern("retryId=march-retry-[0-9a-f]{16},");
    assertThat(
            decide("spark-job-requests", "retry", "{tenant: sales, workflowId: march, retryId: b}")
                .toString())
        .contains("retryId=b,");
    assertThat(
            decide("spark-job-requests", "retry", "{tenant: sales, workflowId: march, reason: b}"))
        .isInstanceOf(Decision.DeadLetter.class);
    assertThat(
            decide("spark-job-requests", "cancel", "{tenant: saels, workflowId: march}").toString())
        .contains("did you mean sales?");
  }

  private static Decision decide(String topic, String type, String yaml) throws IOException {
    ObjectNode event = (ObjectNode) SampleMessages.json("{}");
    event
        .put("specversion", "1.0")
        .put("type", "io.firesteel.workflow." + type + ".v1")
        .put("source", "/tests")
        .put("id", "1")
        .set("data", new YAMLMapper().readTree(yaml));
    ReceivedMessage message =
        SampleMessages.of(
            topic, Map.of("content-type", "application/cloudevents+json"), event.toString());
    return SampleMessages.HANDLER.decide(message, EXAMPLES);
  }
}
