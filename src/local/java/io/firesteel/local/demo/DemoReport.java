package io.firesteel.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.data.Totals;
import io.firesteel.local.demo.DemoPlan.Fate;
import io.firesteel.local.demo.DemoPlan.Range;
import io.firesteel.local.demo.DemoPlan.Request;
import io.firesteel.local.judge.DriverRun;
import io.firesteel.local.judge.DriverRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the demo came to: a table, what was not as it should be, and the last line. */
final class DemoReport {

  private final DemoPlan plan;
  private final Scoreboard board;
  private final DriverRuns drivers;
  private final Map<String, Integer> limits;
  private final Path input;
  private final Path output;
  private final List<String> problems = new ArrayList<>();

  DemoReport(
      DemoPlan plan,
      Scoreboard board,
      DriverRuns drivers,
      Map<String, Integer> limits,
      Path input,
      Path output) {
    this.plan = plan;
    this.board = board;
    this.drivers = drivers;
    this.limits = limits;
    this.input = input;
    this.output = output;
  }

  /** Prints all of it; true when everything went as planned. */
  boolean print(Duration took) {
    System.out.printf(
        "%n%-24s %-10s %-20s %8s  %-44s %s%n",
        "JOB", "OUTCOME", "DRIVER CREATED", "SECONDS", "POD", "OUTPUT");
    plan.withResult().forEach(this::row);
    System.out.println();
    limits.forEach(this::limit);
    checkDeadLetters();
    checkTwice();
    problems.forEach(problem -> System.out.println("NOT AS PLANNED: " + problem));
    System.out.println(lastLine(took));
    return problems.isEmpty();
  }

  private void row(Request request) {
    List<JsonNode> results = board.resultsOf(request.key());
    if (results.size() != 1) {
      problems.add("%s has %d results".formatted(request.key(), results.size()));
    }
    if (results.isEmpty()) {
      return;
    }
    JsonNode result = results.getFirst();
    String outcome = result.path("outcome").asText();
    if (!outcome.equals(request.fate().name())) {
      problems.add("%s ended as %s, not %s".formatted(request.key(), outcome, request.fate()));
    }
    if (board.duplicatesOf(request.key()) != request.copies() - 1) {
      problems.add(request.key() + " was not answered as a duplicate when it was published again");
    }
    String pod = result.path("driver").path("name").asText("-");
    DriverRun run = run(request, pod);
    System.out.printf(
        "%-24s %-10s %-20s %8s  %-44s %s%n",
        request.key(),
        outcome.toLowerCase(java.util.Locale.ROOT),
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
    int expected = request.fate() == Fate.REFUSED ? 0 : 1;
    if (runs.size() != expected) {
      problems.add("%s had %d driver pods".formatted(request.key(), runs.size()));
    }
    return runs.isEmpty() ? null : runs.getFirst();
  }

  private String output(Request request, Range range) {
    try {
      var written = Totals.written(output.resolve(request.id()));
      if (written.equals(Totals.expected(input, range.first(), range.last()))) {
        return written.size() + " rows, equal to an independent sum";
      }
      problems.add(request.key() + " wrote totals that are not those of an independent sum");
    } catch (IllegalStateException e) {
      problems.add(request.key() + ": " + e.getMessage());
    }
    return "wrong";
  }

  private void limit(String tenant, int limit) {
    long most = drivers.mostAtOnce(tenant);
    System.out.printf("%s: at most %d drivers at once, limit %d%n", tenant, most, limit);
    if (most > limit) {
      problems.add(tenant + " was over its limit");
    }
  }

  private void checkDeadLetters() {
    long expected = plan.count(Fate.DEAD_LETTER) + plan.count(Fate.REFUSED);
    if (board.deadLetters().size() != expected) {
      problems.add("%d dead letters instead of %d".formatted(board.deadLetters().size(), expected));
    }
  }

  private void checkTwice() {
    drivers.createdTwice().forEach(pod -> problems.add("pod " + pod + " was created twice"));
  }

  private String lastLine(Duration took) {
    long lost = plan.withResult().stream().filter(r -> board.resultsOf(r.key()).isEmpty()).count();
    long doubled =
        plan.withResult().stream().filter(r -> board.resultsOf(r.key()).size() > 1).count()
            + drivers.createdTwice().size();
    return "demo: %d jobs, %d succeeded, %d failed as planned, %d refused as planned, limits %s, %d lost, %d doubled, %d s"
        .formatted(
            plan.requests().size(),
            ended(Fate.SUCCEEDED),
            ended(Fate.FAILED),
            ended(Fate.REFUSED)
                + Math.min(
                    plan.count(Fate.DEAD_LETTER), board.deadLetters().size() - ended(Fate.REFUSED)),
            withinLimits() ? "held" : "BROKEN",
            lost,
            doubled,
            took.toSeconds());
  }

  private boolean withinLimits() {
    return limits.entrySet().stream()
        .allMatch(limit -> drivers.mostAtOnce(limit.getKey()) <= limit.getValue());
  }

  private long ended(Fate fate) {
    return plan.requests().stream()
        .filter(request -> request.fate() == fate)
        .filter(request ->
            board.resultsOf(request.key()).stream()
                .anyMatch(result -> result.path("outcome").asText().equals(fate.name())))
        .count();
  }
}
