package io.firesteel.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.data.Totals;
import io.firesteel.local.demo.DemoPlan.ExpectedOutcome;
import io.firesteel.local.demo.DemoPlan.Range;
import io.firesteel.local.demo.DemoPlan.Request;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of the demo: a table, the deviations from the plan, and a summary line. */
final class DemoReport {

  private final DemoPlan plan;
  private final JobMonitor monitor;
  private final DriverRuns drivers;
  private final Map<String, Integer> limits;
  private final Path input;
  private final Path output;
  private final List<String> problems = new ArrayList<>();

  DemoReport(
      DemoPlan plan,
      JobMonitor monitor,
      DriverRuns drivers,
      Map<String, Integer> limits,
      Path input,
      Path output) {
    this.plan = plan;
    this.monitor = monitor;
    this.drivers = drivers;
    this.limits = limits;
    this.input = input;
    this.output = output;
  }

  /** Prints the report; returns true if everything happened as planned. */
  boolean print(Duration duration) {
    System.out.printf(
        "%n%-24s %-10s %-20s %8s  %-44s %s%n",
        "JOB", "OUTCOME", "DRIVER CREATED", "SECONDS", "POD", "OUTPUT");
    plan.withResult().forEach(this::row);
    System.out.println();
    workflow();
    limits.forEach(this::limit);
    checkDeadLetters();
    checkTwice();
    problems.forEach(problem -> System.out.println("NOT AS PLANNED: " + problem));
    System.out.println(lastLine(duration));
    return problems.isEmpty();
  }

  private void row(Request request) {
    List<JsonNode> results = monitor.resultsOf(request.key());
    if (results.size() != 1) {
      problems.add("%s has %d results".formatted(request.key(), results.size()));
    }
    if (results.isEmpty()) {
      return;
    }
    JsonNode result = results.getFirst();
    String outcome = result.path("outcome").asText();
    if (!outcome.equals(request.expectedOutcome().name())) {
      problems.add(
          "%s ended as %s instead of %s"
              .formatted(request.key(), outcome, request.expectedOutcome()));
    }
    if (monitor.duplicatesOf(request.key()) != request.copies() - 1) {
      problems.add(request.key() + ": the second publish was not reported as a duplicate");
    }
    String pod = result.path("driver").path("name").asText("-");
    DriverRun run = run(request, pod);
    System.out.printf(
        "%-24s %-10s %-20s %8s  %-44s %s%n",
        request.key(),
        outcome.toLowerCase(Locale.ROOT),
        run == null
            ? "-"
            : LocalDateTime.ofInstant(run.created(), ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.SECONDS),
        run == null || run.ended() == null
            ? "-"
            : Duration.between(run.created(), run.ended()).toSeconds(),
        pod,
        request.totals().map(range -> output(request, range)).orElse("-"));
  }

  private @org.jspecify.annotations.Nullable DriverRun run(Request request, String pod) {
    List<DriverRun> runs = drivers.runs().stream().filter(run -> run.pod().equals(pod)).toList();
    int expected = request.expectedOutcome() == ExpectedOutcome.REFUSED ? 0 : 1;
    if (runs.size() != expected) {
      problems.add("%s has %d driver pods".formatted(request.key(), runs.size()));
    }
    return runs.isEmpty() ? null : runs.getFirst();
  }

  private String output(Request request, Range range) {
    try {
      var written = Totals.written(output.resolve(request.id()));
      if (written.equals(Totals.expected(input, range.first(), range.last()))) {
        return written.size() + " rows, equal to an independent sum";
      }
      problems.add(request.key() + " wrote totals that differ from an independent sum");
    } catch (IllegalStateException e) {
      problems.add(request.key() + ": " + e.getMessage());
    }
    return "wrong";
  }

  private void limit(String tenant, int limit) {
    long max = drivers.maxConcurrent(tenant);
    System.out.printf("%s: at most %d drivers at once, limit %d%n", tenant, max, limit);
    if (max > limit) {
      problems.add(tenant + " exceeded its limit");
    }
  }

  /** Checks the workflow, and what its jobs handed on. */
  private void workflow() {
    List<JsonNode> results = monitor.workflowResults();
    if (results.size() != 1) {
      problems.add("the workflow has %d results".formatted(results.size()));
      return;
    }
    JsonNode result = results.getFirst();
    StringBuilder tasks = new StringBuilder();
    result
        .path("tasks")
        .properties()
        .forEach(task ->
            tasks.append(
                ", %s %s (%d)"
                    .formatted(
                        task.getKey(),
                        task.getValue().path("state").asText().toLowerCase(Locale.ROOT),
                        task.getValue().path("jobs").asInt())));
    String outcome = result.path("outcome").asText().toLowerCase(Locale.ROOT);
    System.out.printf("workflow %s: %s%s%n", DemoPlan.WORKFLOW, outcome, tasks);
    String expected =
        ", close succeeded (1), days succeeded (3), guess succeeded (1), repair omitted (0), week succeeded (1)";
    if (!outcome.equals("succeeded") || !tasks.toString().equals(expected)) {
      problems.add("the workflow ended otherwise");
    }
    List<JsonNode> guesses = monitor.resultsOf("globex/" + DemoPlan.WORKFLOW + ".guess");
    double pi = guesses.isEmpty() ? 0 : guesses.getFirst().at("/outputs/pi").asDouble();
    System.out.printf("workflow %s: guess handed on pi = %s%n", DemoPlan.WORKFLOW, pi);
    if (pi < 3 || pi > 3.3) {
      problems.add("the task guess handed on no pi");
    }
  }

  private void checkDeadLetters() {
    long expected = plan.count(ExpectedOutcome.DEAD_LETTER) + plan.count(ExpectedOutcome.REFUSED);
    if (monitor.deadLetters().size() != expected) {
      problems.add(
          "%d dead letters instead of %d".formatted(monitor.deadLetters().size(), expected));
    }
  }

  private void checkTwice() {
    drivers.podsCreatedTwice().forEach(pod -> problems.add("pod " + pod + " was created twice"));
  }

  private String lastLine(Duration duration) {
    long lost =
        plan.withResult().stream().filter(r -> monitor.resultsOf(r.key()).isEmpty()).count();
    long doubled =
        plan.withResult().stream().filter(r -> monitor.resultsOf(r.key()).size() > 1).count()
            + drivers.podsCreatedTwice().size();
    return "demo: %d jobs, %d succeeded, %d failed as planned, %d refused as planned, limits %s, %d lost, %d doubled, %d s"
        .formatted(
            plan.requests().size(),
            ended(ExpectedOutcome.SUCCEEDED),
            ended(ExpectedOutcome.FAILED),
            ended(ExpectedOutcome.REFUSED)
                + Math.min(
                    plan.count(ExpectedOutcome.DEAD_LETTER),
                    monitor.deadLetters().size() - ended(ExpectedOutcome.REFUSED)),
            withinLimits() ? "held" : "BROKEN",
            lost,
            doubled,
            duration.toSeconds());
  }

  private boolean withinLimits() {
    return limits.entrySet().stream()
        .allMatch(limit -> drivers.maxConcurrent(limit.getKey()) <= limit.getValue());
  }

  private long ended(ExpectedOutcome expectedOutcome) {
    return plan.requests().stream()
        .filter(request -> request.expectedOutcome() == expectedOutcome)
        .filter(request ->
            monitor.resultsOf(request.key()).stream()
                .anyMatch(result -> result.path("outcome").asText().equals(expectedOutcome.name())))
        .count();
  }
}
