package io.firesteel.local.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The comparison of a plan with what was seen. Pure.
 *
 * @param surprises the jobs that did not end as planned
 */
record Verdict(List<PlannedJob> plan, List<Surprise> surprises) {

  /** A job that did not end as planned, and the data of its results. */
  record Surprise(PlannedJob job, String text, List<JsonNode> results) {}

  /**
   * What the public topics said.
   *
   * @param results the data of the results, by the key of the job
   * @param deadLetters the reason codes of dead letters, by the key of the message
   */
  record Seen(Map<String, List<JsonNode>> results, Map<String, List<String>> deadLetters) {

    List<JsonNode> resultsOf(PlannedJob job) {
      return results.getOrDefault(job.key(), List.of());
    }

    List<String> deadLettersOf(PlannedJob job) {
      return deadLetters.getOrDefault(job.key(), List.of());
    }

    /** Whether nothing more is to come for the job if all is well. */
    boolean isComplete(PlannedJob job) {
      return !(job.end() instanceof PlannedEnd.IsDeadLetter
          ? deadLettersOf(job).isEmpty()
          : resultsOf(job).isEmpty());
    }
  }

  Verdict {
    plan = List.copyOf(plan);
    surprises = List.copyOf(surprises);
  }

  static Verdict of(List<PlannedJob> plan, Seen seen) {
    var surprises = new ArrayList<Surprise>();
    for (PlannedJob job : plan) {
      surprise(job, seen)
          .ifPresent(text -> surprises.add(new Surprise(job, text, seen.resultsOf(job))));
    }
    return new Verdict(plan, surprises);
  }

  private static Optional<String> surprise(PlannedJob job, Seen seen) {
    List<JsonNode> results = seen.resultsOf(job);
    if (job.end() instanceof PlannedEnd.IsDeadLetter(String code)) {
      return different("dead letters", List.of(code), seen.deadLettersOf(job))
          .or(() -> different("results", 0, results.size()));
    }
    if (results.size() != 1) {
      return Optional.of(
          results.isEmpty() ? "has no result" : "has %d results".formatted(results.size()));
    }
    return surprise(job.end(), results.getFirst());
  }

  private static Optional<String> surprise(PlannedEnd end, JsonNode result) {
    String outcome = result.path("outcome").asText();
    JsonNode failure = result.path("failure");
    return switch (end) {
      case PlannedEnd.Succeeds _ ->
          different("outcome", "SUCCEEDED", outcome).or(() -> attempts(1, result));
      case PlannedEnd.IsRefused(String reason) ->
          different("outcome", "REFUSED", outcome)
              .or(() -> different("reason", reason, failure.path("reason").asText()));
      case PlannedEnd.Fails fails ->
          different("outcome", fails.outcome(), outcome)
              .or(() -> different("category", fails.category(), failure.path("category").asText()))
              .or(() -> reason(fails, failure))
              .or(() -> attempts(fails.attempts(), result));
      case PlannedEnd.IsDeadLetter _ -> Optional.empty();
    };
  }

  private static Optional<String> reason(PlannedEnd.Fails planned, JsonNode failure) {
    String reason = failure.path("reason").asText();
    if (!planned.reasons().contains(reason)) {
      return different("reason", String.join(" or ", new TreeSet<>(planned.reasons())), reason);
    }
    return failure.path("message").asText().contains(planned.words())
        ? Optional.empty()
        : Optional.of("the message does not say " + planned.words());
  }

  private static Optional<String> attempts(int planned, JsonNode result) {
    return different("attempts", planned, result.path("attempt").asInt());
  }

  private static Optional<String> different(String what, Object planned, Object seen) {
    return planned.equals(seen)
        ? Optional.empty()
        : Optional.of("%s: planned %s, seen %s".formatted(what, planned, seen));
  }

  /** The last line of the report. */
  String summary() {
    return "acceptance: %d jobs, %d succeeded, %d failed as planned, %d refused as planned, %d surprises"
        .formatted(
            plan.size(),
            asPlanned(PlannedEnd.Succeeds.class),
            asPlanned(PlannedEnd.Fails.class),
            asPlanned(PlannedEnd.IsRefused.class) + asPlanned(PlannedEnd.IsDeadLetter.class),
            surprises.size());
  }

  private long asPlanned(Class<? extends PlannedEnd> kind) {
    return plan.stream()
        .filter(job -> kind.isInstance(job.end()))
        .filter(job -> surprises.stream().noneMatch(surprise -> surprise.job().equals(job)))
        .count();
  }
}
