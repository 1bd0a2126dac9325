package io.firesteel.workflow.core;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.ask.Ask;
import io.firesteel.event.Outcome;
import io.firesteel.job.Requester;
import io.firesteel.workflow.spec.TaskSpec;
import io.firesteel.workflow.spec.WorkflowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random graphs whose jobs end in random order and with random outcomes. */
final class WorkflowPropertiesTest {

  private static final List<String> CONDITIONS =
      List.of(
          "",
          ".Succeeded",
          ".Failed",
          ".Skipped",
          ".Omitted",
          ".Completed",
          ".AnySucceeded",
          ".AllFailed");

  @Property(tries = 400)
  void everyTaskEndsOnceAndNoneStartsBeforeThoseItNames(@ForAll long seed) {
    Random random = new Random(seed);
    String yaml = workflow(random);
    WorkflowHarness workflow = new WorkflowHarness().start(yaml);
    WorkflowSpec spec = WorkflowHarness.spec("tenant: acme\nworkflowId: w\n" + yaml);
    List<WorkflowMessage> past = new ArrayList<>();
    for (int step = 0; workflow.results().isEmpty(); step++) {
      assertThat(workflow.running)
          .as("a workflow that has not ended has a running job")
          .isNotEmpty();
      check(workflow, spec);
      List<String> jobs = List.copyOf(workflow.running.keySet());
      Ask.JobAsked ask =
          Objects.requireNonNull(workflow.running.get(jobs.get(random.nextInt(jobs.size()))));
      Outcome[] outcomes = Outcome.values();
      Outcome outcome =
          random.nextInt(3) > 0 ? Outcome.SUCCEEDED : outcomes[random.nextInt(outcomes.length)];
      past.add(WorkflowHarness.ended(ask, outcome, Map.of()));
      workflow.end(ask.job().id(), outcome, Map.of());
      if (random.nextInt(40) == 0) {
        workflow.cancel();
      }
      if (random.nextInt(40) == 0) {
        workflow.tick(Duration.ofHours(3));
      }
      assertThat(workflow.tell(past.get(random.nextInt(past.size())))).isEmpty();
    }
    checkEnd(workflow, spec);
  }

  private static void check(WorkflowHarness workflow, WorkflowSpec spec) {
    Map<String, Long> running =
        workflow.running.values().stream()
            .map(ask -> ((Requester.WorkflowTask) ask.requester()).task())
            .collect(groupingBy(name -> name, counting()));
    for (TaskSpec task : spec.tasks()) {
      long most = task.forEach() == null ? 1 : task.forEach().maxParallel();
      assertThat(running.getOrDefault(task.name(), 0L)).isLessThanOrEqualTo(most);
      if (running.containsKey(task.name())) {
        for (String before : task.depends().tasks()) {
          assertThat(workflow.state("w").tasks().get(before)).isInstanceOf(TaskState.Over.class);
        }
      }
    }
  }

  private static void checkEnd(WorkflowHarness workflow, WorkflowSpec spec) {
    assertThat(workflow.results()).hasSize(1);
    assertThat(workflow.running).isEmpty();
    assertThat(workflow.state("w").tasks().values()).allMatch(TaskState.Over.class::isInstance);
    Map<String, Long> ends =
        workflow.events.stream()
            .filter(WorkflowEvent.TaskChanged.class::isInstance)
            .map(WorkflowEvent.TaskChanged.class::cast)
            .filter(changed -> !changed.now().state().equals("RUNNING"))
            .collect(groupingBy(WorkflowEvent.TaskChanged::task, counting()));
    assertThat(ends).hasSize(spec.tasks().size() + (spec.onExit() == null ? 0 : 1));
    assertThat(ends.values()).containsOnly(1L);
    long sequence = 0;
    for (WorkflowOutput.Publish publish : workflow.published) {
      assertThat(publish.header().sequence()).isEqualTo(++sequence);
    }
    List<WorkflowOutput> late =
        workflow.tell(
            new WorkflowMessage.RetryRequested(
                WorkflowHarness.key("w"), "again", WorkflowHarness.origin("r")));
    boolean succeeded = workflow.results().getFirst().outcome() == WorkflowOutcome.SUCCEEDED;
    assertThat(late.stream().anyMatch(WorkflowOutput.StoreSpec.class::isInstance))
        .isEqualTo(!succeeded);
    while (!workflow.running.isEmpty()) {
      workflow.succeed(workflow.running.keySet().iterator().next());
    }
    assertThat(workflow.results()).hasSize(succeeded ? 1 : 2);
  }

  private static String workflow(Random random) {
    StringBuilder yaml = new StringBuilder("failFast: " + random.nextBoolean() + "\n");
    if (random.nextInt(4) == 0) {
      yaml.append("deadline: {finishWithin: 2h}\n");
    }
    if (random.nextBoolean()) {
      yaml.append("onExit: {template: t}\n");
    }
    yaml.append("tasks:\n");
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      yaml.append("  t").append(i).append(": {template: t");
      if (i > 0 && random.nextInt(4) > 0) {
        yaml.append(", depends: '").append(expression(random, i, 3)).append("'");
      }
      if (random.nextInt(3) == 0) {
        int items = random.nextInt(6);
        yaml.append(", forEach: {items: [")
            .append("x,".repeat(items))
            .append("], maxParallel: ")
            .append(1 + random.nextInt(3))
            .append(", tolerateFailures: ")
            .append(random.nextInt(3))
            .append("}");
      }
      yaml.append("}\n");
    }
    return yaml.toString();
  }

  private static String expression(Random random, int tasks, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return "t" + random.nextInt(tasks) + CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    }
    String left = expression(random, tasks, depth - 1);
    return switch (random.nextInt(3)) {
      case 0 -> "!(" + left + ")";
      case 1 -> "(" + left + ") && " + expression(random, tasks, depth - 1);
      default -> "(" + left + " || " + expression(random, tasks, depth - 1) + ")";
    };
  }
}
