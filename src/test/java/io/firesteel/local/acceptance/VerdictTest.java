package io.firesteel.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.local.acceptance.PlannedJob.Interference;
import io.firesteel.local.acceptance.Verdict.Seen;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class VerdictTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUCCEEDED = "{\"outcome\":\"SUCCEEDED\",\"attempt\":1}";
  private static final PlannedEnd OOM = PlannedEnd.fails("OUT_OF_MEMORY", "OOMKilled", "Killed");
  private static final PlannedEnd SAYS_NOPE =
      new PlannedEnd.Fails("FAILED", "APPLICATION", Set.of("Error"), 2, "Nope");

  static Stream<Arguments> ends() {
    PlannedEnd succeeds = new PlannedEnd.Succeeds();
    PlannedEnd refused = new PlannedEnd.IsRefused("SpecInvalid");
    PlannedEnd letter = new PlannedEnd.IsDeadLetter("MESSAGE_UNREADABLE");
    return Stream.of(
        Arguments.of(succeeds, List.of(SUCCEEDED), List.of(), ""),
        Arguments.of(succeeds, List.of(), List.of(), "has no result"),
        Arguments.of(succeeds, List.of(SUCCEEDED, SUCCEEDED), List.of(), "has 2 results"),
        Arguments.of(
            succeeds,
            List.of("{\"outcome\":\"SUCCEEDED\",\"attempt\":2}"),
            List.of(),
            "attempts: planned 1, seen 2"),
        Arguments.of(
            succeeds,
            List.of(failed("APPLICATION", "Error", "", 1)),
            List.of(),
            "outcome: planned SUCCEEDED, seen FAILED"),
        Arguments.of(OOM, List.of(failed("OUT_OF_MEMORY", "Killed", "", 1)), List.of(), ""),
        Arguments.of(OOM, List.of(SUCCEEDED), List.of(), "outcome: planned FAILED, seen SUCCEEDED"),
        Arguments.of(
            OOM,
            List.of(failed("APPLICATION", "OOMKilled", "", 1)),
            List.of(),
            "category: planned OUT_OF_MEMORY, seen APPLICATION"),
        Arguments.of(
            OOM,
            List.of(failed("OUT_OF_MEMORY", "OutOfMemoryError", "", 1)),
            List.of(),
            "reason: planned Killed or OOMKilled, seen OutOfMemoryError"),
        Arguments.of(
            SAYS_NOPE, List.of(failed("APPLICATION", "Error", "No Nope", 2)), List.of(), ""),
        Arguments.of(
            SAYS_NOPE,
            List.of(failed("APPLICATION", "Error", "exit code 1", 2)),
            List.of(),
            "the message does not say Nope"),
        Arguments.of(
            SAYS_NOPE,
            List.of(failed("APPLICATION", "Error", "Nope", 1)),
            List.of(),
            "attempts: planned 2, seen 1"),
        Arguments.of(
            refused,
            List.of("{\"outcome\":\"REFUSED\",\"failure\":{\"reason\":\"SpecInvalid\"}}"),
            List.of("SPEC_INVALID"),
            ""),
        Arguments.of(
            refused,
            List.of("{\"outcome\":\"REFUSED\",\"failure\":{\"reason\":\"PolicyDenied\"}}"),
            List.of(),
            "reason: planned SpecInvalid, seen PolicyDenied"),
        Arguments.of(letter, List.of(), List.of("MESSAGE_UNREADABLE"), ""),
        Arguments.of(
            letter, List.of(), List.of(), "dead letters: planned [MESSAGE_UNREADABLE], seen []"),
        Arguments.of(
            letter,
            List.of(SUCCEEDED),
            List.of("MESSAGE_UNREADABLE"),
            "results: planned 0, seen 1"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aJobThatDoesNotEndAsPlannedIsASurprise(
      PlannedEnd end, List<String> results, List<String> deadLetters, String surprise) {
    PlannedJob job = job("one", end);
    Verdict verdict = Verdict.of(List.of(job), seen(job, results, deadLetters));

    assertThat(verdict.surprises())
        .extracting(Verdict.Surprise::text)
        .isEqualTo(surprise.isEmpty() ? List.of() : List.of(surprise));
    assertThat(verdict.summary()).endsWith(surprise.isEmpty() ? ", 0 surprises" : ", 1 surprises");
  }

  @Test
  void theSummaryCountsOnlyWhatEndedAsPlanned() {
    PlannedJob good = job("good", new PlannedEnd.Succeeds());
    List<PlannedJob> plan =
        List.of(
            good,
            job("lost", new PlannedEnd.Succeeds()),
            job("oom", OOM),
            job("letter", new PlannedEnd.IsDeadLetter("BUG")));

    assertThat(Verdict.of(plan, seen(good, List.of(SUCCEEDED), List.of())).summary())
        .isEqualTo(
            "acceptance: 4 jobs, 1 succeeded, 0 failed as planned, 0 refused as planned, 3 surprises");
  }

  @Test
  void everyPlannedJobHasAnIdOfItsOwnAndPythonNeedsAnImageWithPython() {
    SparkImage java =
        SparkImage.of("spark", List.of("spark-core_2.13-4.1.1.jar", "jars/spark-examples.jar"));
    SparkImage python =
        new SparkImage("spark", "4.1.1", "jars/spark-examples.jar", Optional.of("pi.py"));
    List<PlannedJob> plan = JobPlan.of(java, "run", Instant.EPOCH);

    assertThat(java.version()).isEqualTo("4.1.1");
    assertThat(java.python()).isEmpty();
    assertThat(plan.stream().map(PlannedJob::key)).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    assertThat(JobPlan.of(python, "run", Instant.EPOCH)).hasSize(plan.size() + 1);
    assertThat(new HashSet<>(plan.stream().map(job -> job.end().getClass()).toList())).hasSize(4);
  }

  private static PlannedJob job(String name, PlannedEnd end) {
    return new PlannedJob(name, "spark", name, "{}", 1, Interference.NONE, end);
  }

  private static Seen seen(PlannedJob job, List<String> results, List<String> deadLetters) {
    return new Seen(
        Map.of(job.key(), results.stream().map(VerdictTest::json).toList()),
        Map.of(job.key(), deadLetters));
  }

  private static String failed(String category, String reason, String message, int attempt) {
    return """
    {"outcome":"FAILED","attempt":%d,
     "failure":{"category":"%s","reason":"%s","message":"%s"}}\
    """
        .formatted(attempt, category, reason, message);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
