package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.JobState.Delayed;
import io.firesteel.admission.JobState.Ended;
import io.firesteel.docs.WrittenTables;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state crossed with everything that can happen, as docs/admission.md prints it. */
final class TransitionTableTest {

  @Test
  void doesInEveryStateWhatTheTableSays() throws IOException {
    WrittenTables.check(Path.of("docs/admission.md"), Map.of("transitions", table()));
  }

  @Test
  void bringsEachSituationAbout() {
    for (Situation situation : Situation.values()) {
      World world = situation.world(Happening.SUBMITTED.prepare());
      assertThat(situation.title()).startsWith(state(world));
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    List<Situation> columns = List.of(Situation.values());
    row(table, "", columns.stream().map(Situation::title));
    row(table, "---", columns.stream().map(_ -> "---"));
    for (Happening happening : Happening.values()) {
      row(table, happening.title(), columns.stream().map(column -> cell(column, happening)));
    }
    return table.toString();
  }

  private static void row(StringBuilder table, String head, Stream<String> cells) {
    table.append("| ").append(head);
    cells.forEach(cell -> table.append(" | ").append(cell));
    table.append(" |\n");
  }

  private static String cell(Situation situation, Happening happening) {
    World world = situation.world(happening.prepare());
    String before = state(world);
    List<PublishedEvent> told =
        World.events(happening.happenIn(world))
            .filter(event -> event.job().equals(Situation.JOB))
            .toList();
    String after = state(world);
    String events =
        told.stream().map(event -> name(event.event())).collect(Collectors.joining(", "));
    if (before.equals(after)) {
      return events.isEmpty() ? "·" : "*" + events + "*";
    }
    return "**" + after + "**" + (events.isEmpty() ? "" : ": *" + events + "*");
  }

  private static String state(World world) {
    TrackedJob job = world.job(Situation.JOB);
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
    if (event instanceof JobEvent.Ended(var result)) {
      String reason =
          result.failure() == null ? "" : " " + Objects.requireNonNull(result.failure()).reason();
      return result.outcome() + (reason.equals(" Reason") ? "" : reason);
    }
    return event.getClass().getSimpleName();
  }
}
