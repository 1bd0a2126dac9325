package io.firesteel.workflow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.ValidationError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkflowReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {a: {template: t, depends: b}, b: {template: t, depends: a}} => /tasks/a/depends: makes a cycle: a depends on b depends on a; remove one of these names
          {a: {template: t, depends: a}} => /tasks/a/depends: makes a cycle: a depends on a; remove one of these names
          {load: {template: t}, b: {template: t, depends: laod}} => /tasks/b/depends: names the task laod, which the workflow does not have; did you mean load?
          {a: {template: t}, b: {template: t, depends: a.Suceeded}} => /tasks/b/depends: has Suceeded after the task a, which is no condition; did you mean Succeeded?
          {a: {template: t}, b: {template: t, depends: 'a &&'}} => /tasks/b/depends: needs a task at character 5, has the end; for example "a && (b.Failed || !c.Skipped)"
          {a: {template: t}, b: {template: t, depends: 'a b'}} => /tasks/b/depends: needs && or || or the end at character 2, has "b"; for example "a && (b.Failed || !c.Skipped)"
          {a: {template: t}, b: {template: t, depends: '(a'}} => /tasks/b/depends: needs a closing parenthesis at character 3, has the end; for example "a && (b.Failed || !c.Skipped)"
          {1a: {template: t}} => /tasks/1a: the name must be 1 to 63 letters, digits, hyphens and underscores, a letter first, and not onExit
          {} => /tasks: must be an object of 1 to 200 tasks by name, has 0
          [] => /tasks: must be an object of 1 to 200 tasks by name, is an array
          {a: {template: t, dependson: b}} => /tasks/a/dependson: is not a known field; did you mean depends?
          {a: {template: t, forEach: {}}} => /tasks/a/forEach/items: must be the only one of items, dates and from; the task has 0
          {a: {template: t, forEach: {items: [1], from: a.outputs.b}}} => /tasks/a/forEach/items: must be the only one of items, dates and from; the task has 2
          {a: {template: t, forEach: {items: [[1]]}}} => /tasks/a/forEach/items/0: must be a string, a number or a boolean, is an array
          {a: {template: t, forEach: {dates: {from: 2026-02-30, to: 2026-03-01}}}} => /tasks/a/forEach/dates/from: must be a date such as 2026-03-01, is "2026-02-30"
          {a: {template: t, forEach: {dates: {from: 2020-01-01, to: 2026-03-01}}}} => /tasks/a/forEach/dates/to: gives 2,252 dates, the limit is 1,000; split the range
          {a: {template: t, forEach: {from: b.outputs.c}}} => /tasks/a/forEach/from: names the task b, which the workflow does not have; did you mean a?
          {a: {template: t}, b: {template: t, forEach: {from: a.outputs.c}}} => /tasks/b/forEach/from: uses an output of a, on which b does not depend; add it to depends
          {a: {template: t}, b: {template: t, parameters: {p: '{{tasks.a.outputs.c}}'}}} => /tasks/b/parameters/p: uses an output of a, on which b does not depend; add it to depends
          {a: {template: t, forEach: {items: [1]}}, b: {template: t, depends: a, parameters: {p: '{{tasks.a.outputs.c}}'}}} => /tasks/b/parameters/p: uses an output of a, which has forEach and so no outputs of its own; let its jobs write to a place that follows from their items
          {a: {template: t, parameters: {p: '{{itme}}'}, forEach: {items: [1]}}} => /tasks/a/parameters/p: uses itme, which has no value here; did you mean item?
          {a: {template: t, parameters: {p: '{{workflow.outcome}}'}}} => /tasks/a/parameters/p: uses workflow.outcome, which has no value here; known are workflow.id, workflow.tenant
          {a: {template: t, forEach: {items: [1], tolerateFailures: 101%}}} => /tasks/a/forEach/tolerateFailures: must be an integer from 0 to 1000 or a percentage such as 10%, is "101%"
          """)
  void saysWhatIsWrongAndHowToMendIt(String tasks, String error) {
    assertThat(errors("{tenant: acme, workflowId: w, tasks: " + tasks + "}"))
        .extracting(ValidationError::toString)
        .containsExactly(error);
  }

  @Test
  void refusesAThousandAndOneItems() {
    ObjectNode request =
        JsonNodeFactory.instance.objectNode().put("workflowId", "w").put("tenant", "acme");
    var items =
        request
            .withObject("/tasks/a")
            .put("template", "t")
            .withObject("forEach")
            .withArray("items");
    for (int i = 0; i < 1_000; i++) {
      items.add(i);
    }
    assertThat(errors(request)).isEmpty();
    items.add(1_000);
    assertThat(errors(request).getFirst())
        .hasToString("/tasks/a/forEach/items: must be an array of at most 1000 items, has 1001");
  }

  @Test
  void refusesMoreThanTwoThousandJobsAndALongChain() {
    StringBuilder many = new StringBuilder();
    StringBuilder chain = new StringBuilder("t0: {template: t}\n");
    for (int i = 0; i < 3; i++) {
      many.append("t")
          .append(i)
          .append(": {template: t, forEach: {items: [")
          .append("x,".repeat(700))
          .append("]}}\n");
    }
    for (int i = 1; i < 51; i++) {
      chain.append("t").append(i).append(": {template: t, depends: t").append(i - 1).append("}\n");
    }
    assertThat(errors("workflowId: w\ntenant: acme\ntasks:\n" + many.toString().indent(2)))
        .extracting(ValidationError::toString)
        .containsExactly("/tasks: have 2,100 jobs, the limit is 2,000; split the workflow");
    assertThat(errors("workflowId: w\ntenant: acme\ntasks:\n" + chain.toString().indent(2)))
        .extracting(ValidationError::toString)
        .containsExactly(
            "/tasks/t50/depends: is the end of a chain of more than 50 tasks; split the workflow");
  }

  @Test
  void storesWhatItRead() throws IOException {
    JsonNode request =
        yaml(
            """
            tenant: acme
            workflowId: w
            parameters: {day: 2026-03-01}
            deadline: {finishWithin: 2h}
            tasks:
              a: {template: t}
              b: {template: t, depends: a.Succeeded || !a, forEach: {dates: {from: 2026-01-30, to: 2026-03-31, step: month}, as: d}, parameters: {p: '{{d.month}}'}}
              c: {template: t, depends: a, forEach: {from: a.outputs.x, tolerateFailures: 5%}}
            onExit: {template: t}
            """);
    WorkflowSpec spec =
        WorkflowReader.read(request, "", null, List.of(), new ArrayList<>()).spec().orElseThrow();

    assertThat(JsonCodec.read(JsonCodec.write(spec), WorkflowSpec.class)).isEqualTo(spec);
    assertThat(String.valueOf(spec.tasks().get(1).forEach()))
        .contains("[\"2026-01-30\", \"2026-02-28\", \"2026-03-30\"]");
  }

  @Property(tries = 1000)
  void anExpressionIsReadOrRefused(@ForAll String text) {
    try {
      assertThat(Depends.parse(text).text()).isEqualTo(text);
    } catch (DependsException e) {
      assertThat(e).hasMessageMatching("(?s).*[^ ].*");
    }
  }

  @Test
  void refusesAnExpressionThatIsNestedTooDeep() {
    assertThatThrownBy(() -> Depends.parse("(".repeat(60) + "a" + ")".repeat(60)))
        .hasMessage("is nested more than 50 deep");
    assertThatThrownBy(() -> Depends.parse("!".repeat(4096) + "a"))
        .isInstanceOf(DependsException.class);
  }

  private static List<ValidationError> errors(String yaml) {
    try {
      return errors(yaml(yaml));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<ValidationError> errors(JsonNode request) {
    List<ValidationError> errors = new ArrayList<>();
    var read = WorkflowReader.read(request, "", null, List.of(), errors);
    assertThat(read.spec().isPresent()).isEqualTo(errors.isEmpty());
    return errors;
  }

  private static JsonNode yaml(String yaml) throws IOException {
    return new YAMLMapper().readTree(yaml);
  }
}
