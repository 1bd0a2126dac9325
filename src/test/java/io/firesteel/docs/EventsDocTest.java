package io.firesteel.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/events.md} match the schemas. */
final class EventsDocTest {

  private static final Path READER = Path.of("src/test/java/io/firesteel/docs/NewEventFilter.java");
  private static final String RESULT = "job-result.v1.json";

  private final JsonNode events = Schemas.read("job-event.v1.json");
  private final JsonNode tenant = Schemas.read("tenant-event.v1.json");
  private final JsonNode result = Schemas.read(RESULT);

  @Test
  void tablesMatchTheSchemas() throws IOException {
    GeneratedTables.check(
        Path.of("docs/events.md"),
        Map.of(
            "types", types(events),
            "tenant", types(tenant),
            "schedule", types(Schemas.read("schedule-event.v1.json")),
            "result", fields(result),
            "failure", fields(result.at("/$defs/failure")),
            "timeline", fields(result.at("/$defs/timeline")),
            "reader", shown(READER)));
  }

  /** The part of a program that a page contains. */
  private static String shown(Path program) throws IOException {
    String text = Files.readString(program);
    String part =
        text.substring(
            text.indexOf("// shown from here\n") + "// shown from here\n".length(),
            text.indexOf("  // to here"));
    return "```java\n" + part.stripTrailing().stripIndent() + "\n```\n";
  }

  private String types(JsonNode events) {
    StringBuilder table = new StringBuilder("| type | says | data |\n|---|---|---|\n");
    for (JsonNode rule : events.path("allOf")) {
      String type = rule.at("/if/properties/type/const").asText();
      JsonNode data = rule.at("/then/properties/data");
      if (data.has("allOf")) {
        table.append("| `%s` | the job is over | [result](#results) |%n".formatted(type));
      } else {
        JsonNode schema = resolved(events, data);
        table.append(
            "| `%s` | %s | %s |%n"
                .formatted(type, schema.path("description").asText(), names(schema)));
      }
    }
    return table.toString();
  }

  private String fields(JsonNode schema) {
    StringBuilder table = new StringBuilder("| field | always | what |\n|---|---|---|\n");
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(field ->
            table.append(
                "| `%s` | %s | %s |%n"
                    .formatted(
                        field.getKey(),
                        required.contains(field.getKey()) ? "yes" : "",
                        resolved(events, field.getValue()).path("description").asText())));
    return table.toString();
  }

  private static String names(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));
    names.remove("`generation`");
    return String.join(", ", names);
  }

  private JsonNode resolved(JsonNode events, JsonNode schema) {
    String reference = schema.path("$ref").asText();
    if (reference.isEmpty() || schema.has("description")) {
      return schema;
    }
    String pointer = reference.substring(reference.indexOf('#') + 1);
    JsonNode here = reference.startsWith("#") ? events.at(pointer) : result.at(pointer);
    return resolved(events, here.isMissingNode() ? result.at(pointer) : here);
  }
}
