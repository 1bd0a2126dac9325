package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.DefinitionError;
import io.firesteel.definitions.Definitions;
import io.firesteel.definitions.SampleDefinitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.Job;
import io.firesteel.job.Requester;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionHandlerTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {template: extract} => SUCCEEDED => 1
          {template: extract} => FAILED => 0
          {template: extract, outcome: failed} => EXPIRED => 1
          {template: extract, outcome: failed} => CANCELLED => 0
          {template: extract, outcome: completed} => SUCCEEDED => 1
          {template: other} => SUCCEEDED => 0
          {schedule: nightly} => SUCCEEDED => 1
          {job: "ex-*"} => SUCCEEDED => 1
          {job: "ex-*8"} => SUCCEEDED => 0
          {workflow: "*"} => SUCCEEDED => 0
          """)
  void startsAJobWhenWhatItNamesEnds(String on, String outcome, int jobs) {
    assertThat(decide(on, "day: '{{parameters.day}}'", result(outcome, 0))).hasSize(jobs);
  }

  @Test
  void handsParametersAndOutputsOn() {
    Job job =
        job(
            decide(
                "{template: extract}",
                "day: '{{parameters.day}}', text: '{{outputs.rows}} of {{job}}, {{outputs.files}}'",
                result("SUCCEEDED", 3)));

    assertThat(job.spec().at("/arguments").toString())
        .isEqualTo("[\"2026-03-01\",\"42 of ex-7, a,b\"]");
    assertThat(job.origin().requester()).isEqualTo(new Requester.Trigger("after", 4));
    assertThat(job.key().id()).matches("t-after-[0-9a-f]{20}");
  }

  @Test
  void givesTheSameIdToEveryDeliveryOfAResult() {
    String day = "day: '{{parameters.day}}'";
    assertThat(job(decide("{template: extract}", day, result("SUCCEEDED", 0))).key())
        .isEqualTo(job(decide("{job: ex-7}", day, result("SUCCEEDED", 0))).key());
  }

  @Test
  void startsAJobWhenAWorkflowEnds() {
    String event =
        """
        {"specversion":"1.0","type":"io.firesteel.workflow.succeeded.v1","source":"/firesteel",
         "id":"acme//workflow/w/1/0000000009","data":{"tenant":"acme","workflowId":"w","outcome":"SUCCEEDED"}}\
        """;
    assertThat(
            job(decide("{workflow: w}", "day: 2026-03-02", event))
                .spec()
                .at("/arguments/0")
                .asText())
        .isEqualTo("2026-03-02");
  }

  @Test
  void breaksALoopAtTheTwentiethJob() {
    assertThat(decide("{template: extract}", "day: 2026-03-01", result("SUCCEEDED", 19)))
        .singleElement()
        .isInstanceOf(Decision.Accept.class);
    assertThat(decide("{template: extract}", "day: 2026-03-01", result("SUCCEEDED", 20)).toString())
        .contains("trigger after: 20 jobs in a row");
  }

  @Test
  void makesADeadLetterOfACompletionWithoutAValue() {
    assertThat(
            decide("{template: extract}", "day: '{{outputs.none}}'", result("SUCCEEDED", 0))
                .toString())
        .contains("trigger after: /parameters/day: cannot be filled; what ended has no value for");
  }

  @Test
  void ignoresWhatIsNoResult() {
    assertThat(decide("{template: extract}", "day: 2026-03-01", "no json")).isEmpty();
    assertThat(decide("{template: extract}", "day: 2026-03-01", "{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          on: [{template: load}] => /spec/on: makes a loop of triggers: after, after; remove one of them
          on: [{template: a, job: b}] => /spec/on/0: must have one of template, schedule, workflow and job, has 2
          on: [{template: a, outcome: success}] => /spec/on/0/outcome: must be one of completed, failed, succeeded, is "success"
          on: [] => /spec/on: must name at least one template, schedule, workflow or job
          """)
  void reportsAMistakeInATrigger(String on, String error) {
    assertThat(definitions(on, "day: 2026-03-01").errors())
        .extracting(found -> found.pointer() + ": " + found.message())
        .contains(error);
  }

  private static Job job(List<Decision> decisions) {
    assertThat(decisions).singleElement().isInstanceOf(Decision.Accept.class);
    return ((InboxMessage.JobSubmitted) ((Decision.Accept) decisions.getFirst()).message()).job();
  }

  private static List<Decision> decide(String on, String parameters, String event) {
    Definitions definitions = definitions("on: [" + on + "]", parameters);
    assertThat(definitions.errors()).extracting(DefinitionError::message).isEmpty();
    ReceivedMessage message =
        SampleMessages.of(
            "spark-job-results", Map.of("content-type", "application/cloudevents+json"), event);
    return CompletionHandler.decide(message, definitions);
  }

  private static String result(String outcome, int depth) {
    return """
    {"specversion":"1.0","type":"io.firesteel.job.succeeded.v1","source":"/firesteel",
     "id":"acme/ex-7/1/0000000009","data":{"tenant":"acme","jobId":"ex-7","outcome":"%s",
     "template":"extract","parameters":{"day":"2026-03-01"},"outputs":{"rows":42,"files":["a","b"]},
     "requester":{"kind":"schedule","schedule":"nightly","depth":%d}}}\
    """
        .formatted(outcome, depth);
  }

  private static Definitions definitions(String on, String parameters) {
    return SampleDefinitions.of(
        """
        apiVersion: firesteel.io/v1alpha1
        kind: Tenant
        metadata: {name: acme}
        spec: {maxConcurrency: 1}
        ---
        apiVersion: firesteel.io/v1alpha1
        kind: JobTemplate
        metadata: {name: load}
        spec:
          parameters:
            - {name: day, type: date, required: true}
            - {name: text, type: string, default: none}
          application:
            type: Java
            sparkVersion: 4.1.1
            image: spark:4.1.1
            mainClass: com.example.Load
            mainApplicationFile: local:///load.jar
            arguments: ["{{day}}", "{{text}}"]
            driver: {cores: 1}
            executor: {cores: 1}
        ---
        apiVersion: firesteel.io/v1alpha1
        kind: CompletionTrigger
        metadata: {name: after}
        spec:
          tenant: acme
          template: load
          parameters: {%s}
          %s
        """
            .formatted(parameters, on));
  }
}
