package io.firesteel.e2e;

import io.firesteel.local.verify.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a run published, logged or requested, as one text. */
final class RunOutput {

  private static final String[] TOPICS = {
    "spark-job-events",
    "spark-job-results",
    "spark-job-status",
    "spark-job-dead-letters",
    "firesteel-inbox",
    "firesteel-observations",
    "firesteel-backlog",
    "firesteel-drivers"
  };

  private final StringBuilder text = new StringBuilder();

  RunOutput add(String more) {
    text.append(more);
    return this;
  }

  /** The keys, values and headers of all topics that Firesteel writes. */
  RunOutput addTopics(String bootstrapServers) {
    try (TopicReader topics = TopicReader.open(bootstrapServers, TOPICS)) {
      topics.readAll(message -> {
        add(message.key());
        add(message.value());
        message.headers().forEach(header -> add(header.value()));
      });
    }
    return this;
  }

  /** The logs of workers and pods, and the audit log. */
  RunOutput addLogs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path log : files.filter(RunOutput::isLog).toList()) {
        text.append(Files.readString(log));
      }
    }
    return this;
  }

  private void add(byte @Nullable [] bytes) {
    if (bytes != null) {
      text.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.equals("log") || name.endsWith(".log") || name.equals("audit.jsonl"))
        && !file.toString().contains("kafka");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
