package io.firesteel.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one version left in Kafka: the inbox that it read, its state as the changelog has it, and
 * the latest record of each key of the tables it wrote. Files of a record a line in a folder that
 * is called after the version.
 */
record StoredStateSample(
    String version, List<Line> inbox, List<Line> state, List<Line> drivers, List<Line> status) {

  private static final Path FOLDER = Path.of("src/test/resources/stored-state");

  /** A record; the member of a set has no value. */
  record Line(String key, JsonNode value) {

    byte[] bytes() {
      return value.isNull() ? new byte[0] : JsonCodec.write(value);
    }

    static Line of(String key, byte[] value) {
      return new Line(
          key,
          value.length == 0 ? JsonCodec.MAPPER.nullNode() : JsonCodec.read(value, JsonNode.class));
    }
  }

  static Stream<StoredStateSample> all() throws IOException {
    try (Stream<Path> versions = Files.list(FOLDER)) {
      return versions.sorted().map(StoredStateSample::read).toList().stream();
    }
  }

  void write() throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(version));
    write(folder.resolve("inbox.jsonl"), inbox);
    write(folder.resolve("state.jsonl"), state);
    write(folder.resolve("drivers.jsonl"), drivers);
    write(folder.resolve("status.jsonl"), status);
  }

  private static void write(Path file, List<Line> lines) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Line line : lines) {
      ObjectNode object = JsonCodec.MAPPER.createObjectNode().put("key", line.key());
      texts.add(object.set("value", line.value()).toString());
    }
    Files.write(file, texts);
  }

  private static StoredStateSample read(Path folder) {
    return new StoredStateSample(
        folder.getFileName().toString(),
        lines(folder.resolve("inbox.jsonl")),
        lines(folder.resolve("state.jsonl")),
        lines(folder.resolve("drivers.jsonl")),
        lines(folder.resolve("status.jsonl")));
  }

  private static List<Line> lines(Path file) {
    try {
      List<Line> lines = new ArrayList<>();
      for (String text : Files.readAllLines(file)) {
        JsonNode line = JsonCodec.MAPPER.readTree(text);
        lines.add(new Line(line.path("key").asText(), line.path("value")));
      }
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "of " + version;
  }
}
