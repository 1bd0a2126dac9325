package io.firesteel.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.kafka.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what Firesteel writes to the published schemas, and more strictly than readers should: a
 * field that a schema does not know is an error here.
 */
public final class EventSchemas {

  private static final String BASE = "https://firesteel.io/schemas/";
  private static final Path FOLDER = Path.of("schemas");

  private final JsonSchema event;
  private final JsonSchema status;

  /** Reads the schemas of the repository. */
  public EventSchemas() {
    Map<String, String> texts = new HashMap<>();
    for (String name : List.of("job-event.v1.json", "job-result.v1.json", "job-status.v1.json")) {
      texts.put(BASE + name, closed(name));
    }
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)));
    this.event = factory.getSchema(SchemaLocation.of(BASE + "job-event.v1.json"));
    this.status = factory.getSchema(SchemaLocation.of(BASE + "job-status.v1.json"));
  }

  /** A structured CloudEvent. */
  public void check(JsonNode written) {
    assertThat(event.validate(written)).as(written.toPrettyString()).isEmpty();
  }

  /** An event as the worker would write it. */
  public void check(PublishedEvent published) {
    byte[] bytes = new JsonFormat().serialize(EventForm.DEFAULT.encoder().encode(published));
    check(Json.read(bytes, JsonNode.class));
  }

  /** A value of the status topic. */
  public void check(JobStatus written) {
    JsonNode tree = Json.tree(written);
    assertThat(status.validate(tree)).as(tree.toPrettyString()).isEmpty();
  }

  private static String closed(String name) {
    try {
      JsonNode schema = Json.MAPPER.readTree(Files.readString(FOLDER.resolve(name)));
      close(schema);
      return schema.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(EventSchemas::close);
  }
}
