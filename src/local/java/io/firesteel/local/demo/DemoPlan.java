package io.firesteel.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.SampleRequests;
import io.firesteel.local.kubelet.config.Python;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requests of the demo and their expected outcomes.
 *
 * @param workflow the request for a workflow of five tasks, of which one is not needed
 */
record DemoPlan(List<Request> requests, String workflow) {

  /** The id of the workflow. */
  static final String WORKFLOW = "weekly";

  /** The jobs of the workflow: the week, three days, two of Pi. */
  static final int WORKFLOW_JOBS = 6;

  /** The expected outcome of a request. */
  enum ExpectedOutcome {
    SUCCEEDED,
    FAILED,
    REFUSED,
    /** No result, because the message names no job; a dead letter instead. */
    DEAD_LETTER
  }

  /** The days of which a job writes totals. */
  record Range(LocalDate first, LocalDate last) {}

  /**
   * One request.
   *
   * @param copies how often to publish it
   * @param totals the days whose sums its output must hold, if it writes any
   */
  record Request(
      String tenant,
      String id,
      String message,
      int copies,
      ExpectedOutcome expectedOutcome,
      Optional<Range> totals) {

    String key() {
      return tenant + "/" + id;
    }
  }

  DemoPlan {
    requests = List.copyOf(requests);
  }

  /**
   * Eight requests, among them one of an unknown tenant and a malformed one, and one for a Python
   * job if there is a Python to run it.
   */
  static DemoPlan of(SampleRequests samples, LocalDate today, Python python) {
    Builder plan = new Builder(samples, today);
    plan.totals("acme", "totals-60-days", 60, 2);
    plan.totals("globex", "totals-30-days", 30, 1);
    plan.add("globex", "throws", samples.fails("globex", "throws"), ExpectedOutcome.FAILED);
    plan.add("globex", "pi", samples.pi("globex", "pi"), ExpectedOutcome.SUCCEEDED);
    plan.add("initech", "stranger", samples.pi("initech", "stranger"), ExpectedOutcome.REFUSED);
    plan.malformed();
    plan.add("acme", "pi", samples.pi("acme", "pi"), ExpectedOutcome.SUCCEEDED);
    plan.totals("globex", "totals-7-days", 7, 1);
    if (python instanceof Python.Interpreter) {
      plan.add(
          "acme", "python-pi", samples.pythonPi("acme", "python-pi"), ExpectedOutcome.SUCCEEDED);
    }
    boolean withPython = python instanceof Python.Interpreter;
    ObjectNode workflow = samples.weekly("globex", WORKFLOW, today.minusDays(2), today, withPython);
    return new DemoPlan(plan.requests, workflow.toString());
  }

  long count(ExpectedOutcome expectedOutcome) {
    return requests.stream()
        .filter(request -> request.expectedOutcome() == expectedOutcome)
        .count();
  }

  /** The requests that must have a result. */
  List<Request> withResult() {
    return requests.stream()
        .filter(request -> request.expectedOutcome() != ExpectedOutcome.DEAD_LETTER)
        .toList();
  }

  private static final class Builder {
    private final List<Request> requests = new ArrayList<>();
    private final SampleRequests samples;
    private final LocalDate today;

    Builder(SampleRequests samples, LocalDate today) {
      this.samples = samples;
      this.today = today;
    }

    void totals(String tenant, String id, int days, int copies) {
      Range range = new Range(today.minusDays(days - 1L), today);
      ObjectNode request = samples.dailyTotals(tenant, id, range.first(), range.last());
      requests.add(
          new Request(
              tenant,
              id,
              request.toString(),
              copies,
              ExpectedOutcome.SUCCEEDED,
              Optional.of(range)));
    }

    void add(String tenant, String id, ObjectNode request, ExpectedOutcome expectedOutcome) {
      requests.add(
          new Request(tenant, id, request.toString(), 1, expectedOutcome, Optional.empty()));
    }

    void malformed() {
      String broken = "{\"tenant\": \"acme\", \"jobId\": \"broken\", \"spec\": {";
      requests.add(
          new Request("acme", "broken", broken, 1, ExpectedOutcome.DEAD_LETTER, Optional.empty()));
    }
  }
}
