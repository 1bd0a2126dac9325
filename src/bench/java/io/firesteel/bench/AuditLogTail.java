package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Follows an audit log that is being written, each line once, so that looking costs little while
 * something is measured. One thread.
 */
final class AuditLogTail implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One write that took effect. */
  record Write(long when, String verb, String resource, String name, String phase) {}

  private final FileChannel file;
  private final List<Write> writes = new ArrayList<>();
  private String rest = "";

  AuditLogTail(Path auditLog) throws IOException {
    this.file = FileChannel.open(auditLog, StandardOpenOption.READ);
  }

  /** All writes so far that are filter for. */
  List<Write> writes(Predicate<Write> filter) throws IOException {
    readNewLines();
    return writes.stream().filter(filter).toList();
  }

  private void readNewLines() throws IOException {
    int length = Math.toIntExact(file.size() - file.position());
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // Until all of it is there.
    }
    String text = rest + new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    rest = text.substring(end);
    for (String line : text.substring(0, end).lines().toList()) {
      parse(line);
    }
  }

  /** Creations and ends only; the rest is not worth parsing. */
  private void parse(String line) throws IOException {
    if (!line.contains("\"create\"") && !line.contains("\"Succeeded\"")) {
      return;
    }
    JsonNode entry = JSON.readTree(line);
    if (entry.path("code").asInt() < 300) {
      writes.add(
          new Write(
              entry.path("when").asLong(),
              entry.path("verb").asText(),
              entry.path("resource").asText(),
              entry.path("name").asText(),
              entry.path("phase").asText()));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
