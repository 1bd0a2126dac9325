package io.firesteel.admission.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Delayed;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.docs.GeneratedTables;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state crossed with every stimulus; docs/admission.md holds the table. */
final class TransitionTableTest {

  @Test
  void theDocumentedTableMatchesTheCode() throws IOException {
    GeneratedTables.check(Path.of("docs/admission.md"), Map.of("transitions", table()));
  }

  @Test
  void everyFixtureReachesTheStateInItsTitle() {
    for (StateFixture stateFixture : StateFixture.values()) {
      AdmissionHarness admissionHarness = stateFixture.admission(Stimulus.SUBMITTED.prepare());
      assertThat(stateFixture.title()).startsWith(state(admissionHarness));
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    List<StateFixture> columns = List.of(StateFixture.values());
    row(table, "", columns.stream().map(StateFixture::title));
    row(table, "---", columns.stream().map(_ -> "---"));
    for (Stimulus stimulus : Stimulus.values()) {
      row(table, stimulus.title(), columns.stream().map(column -> cell(column, stimulus)));
    }
    return table.toString();
  }

  private static void row(StringBuilder table, String head, Stream<String> cells) {
    table.append("| ").append(head);
    cells.forEach(cell -> table.append(" | ").append(cell));
    table.append(" |\n");
  }

  private static String cell(StateFixture stateFixture, Stimulus stimulus) {
    AdmissionHarness admissionHarness = stateFixture.admission(stimulus.prepare());
    String before = state(admissionHarness);
    List<PublishedJobEvent> published =
        AdmissionHarness.events(stimulus.happenIn(admissionHarness))
            .filter(event -> event.job().equals(StateFixture.JOB))
            .toList();
    String after = state(admissionHarness);
    String events =
        published.stream().map(event -> name(event.event())).collect(Collectors.joining(", "));
    if (before.equals(after)) {
      return events.isEmpty() ? "·" : "*" + events + "*";
    }
    return "**" + after + "**" + (events.isEmpty() ? "" : ": *" + events + "*");
  }

  private static String state(AdmissionHarness admissionHarness) {
    TrackedJob job = admissionHarness.job(StateFixture.JOB);
    if (job == null) {
      return "unknown";
    }
    return switch (job.state()) {
      case Delayed(_, var backoff) -> backoff ? "backoff" : "delayed";
      case Ended _ -> "ended";
      case JobState other -> other.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static String name(JobEvent event) {
    if (event instanceof JobEvent.JobEnded(var result)) {
      String reason =
          result.failure() == null ? "" : " " + Objects.requireNonNull(result.failure()).reason();
      return result.outcome() + (reason.equals(" Reason") ? "" : reason);
    }
    return event.getClass().getSimpleName();
  }
}
