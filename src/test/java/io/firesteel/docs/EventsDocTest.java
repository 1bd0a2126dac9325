package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/events.md} are those of the schemas; {@code FIRESTEEL_WRITE_DOCS=1}
 * writes them.
 */
final class EventsDocTest {

  private static final Path DOCS = Path.of("docs/events.md");
  private static final String RESULT = "job-result.v1.json";

  private final JsonNode events = Schemas.read("job-event.v1.json");
  private final JsonNode tenant = Schemas.read("tenant-event.v1.json");
  private final JsonNode result = Schemas.read(RESULT);

  @Test
  void tablesAreThoseOfTheSchemas() throws IOException {
    String written = Files.readString(DOCS);
    String rendered = replaced(written, "types", types(events));
    rendered = replaced(rendered, "tenant", types(tenant));
    rendered = replaced(rendered, "result", fields(result));
    if (System.getenv("FIRESTEEL_WRITE_DOCS") != null) {
      Files.writeString(DOCS, rendered);
      written = rendered;
    }

    assertThat(written).isEqualTo(rendered);
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

  private static String replaced(String text, String name, String table) {
    String from = "<!-- " + name + " -->\n";
    int start = text.indexOf(from) + from.length();
    int end = text.indexOf("<!-- /" + name + " -->");
    assertThat(end).as(name).isGreaterThanOrEqualTo(start);
    return text.substring(0, start) + table + text.substring(end);
  }
}
