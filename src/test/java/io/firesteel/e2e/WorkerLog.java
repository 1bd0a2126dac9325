package io.firesteel.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lines of a worker that logs JSON. */
record WorkerLog(List<JsonNode> lines) {

  /** Reads a log. The JVM's own notes are no JSON and are left out. */
  static WorkerLog read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS")) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return new WorkerLog(lines);
  }

  /** The phases that a job entered, as its trace tells them. */
  List<String> phasesOf(String traceId, String tenant, String job) {
    return lines.stream()
        .filter(line -> line.at("/mdc/traceId").asText().equals(traceId))
        .filter(line -> line.path("message").asText().equals("Job changed phase"))
        .filter(line -> line.at("/mdc/tenant").asText().equals(tenant))
        .filter(line -> line.at("/mdc/jobId").asText().equals(job))
        .map(line -> line.at("/mdc/to").asText())
        .toList();
  }

  /** Everything that is logged as a warning or worse. */
  List<String> problems() {
    return lines.stream()
        .filter(line -> Set.of("WARN", "ERROR", "FATAL").contains(line.path("level").asText()))
        .map(line -> line.path("loggerName").asText() + ": " + line.path("message").asText())
        .toList();
  }

  /** What the libraries log, not Firesteel itself. */
  List<String> messagesOfLibraries() {
    return lines.stream()
        .filter(line -> !line.path("loggerName").asText().startsWith("io.firesteel."))
        .map(line -> line.path("message").asText())
        .toList();
  }
}
