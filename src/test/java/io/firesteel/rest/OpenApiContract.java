package io.firesteel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The committed description of the API; responses are held to it, unknown fields included. */
final class OpenApiContract {

  static final Path FILE = Path.of("schemas/openapi.yaml");

  private final JsonNode api;

  private OpenApiContract(JsonNode api) {
    this.api = api;
  }

  static OpenApiContract read() {
    try {
      return new OpenApiContract(YamlReader.read(Files.readString(FILE)).getFirst().tree());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations by id: method and path. */
  Map<String, String[]> operations() {
    Map<String, String[]> operations = new TreeMap<>();
    api.get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  JsonNode id = method.getValue().get("operationId");
                  if (id != null) {
                    operations.put(
                        id.asText(),
                        new String[] {method.getKey().toUpperCase(Locale.ROOT), path.getKey()});
                  }
                }));
    return operations;
  }

  /** Fails if a JSON response is not as the operation's description says. */
  void check(String operation, int status, byte[] body) {
    String[] where = Objects.requireNonNull(operations().get(operation), operation);
    JsonNode responses =
        api.get("paths").get(where[1]).get(where[0].toLowerCase(Locale.ROOT)).get("responses");
    JsonNode response =
        responses.has(Integer.toString(status))
            ? responses.get(Integer.toString(status))
            : responses.get("default");
    assertThat(response).as("%s %d is described", operation, status).isNotNull();
    JsonNode schema = response.path("content").elements().next().get("schema");
    ObjectNode root = JsonCodec.MAPPER.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.set("allOf", JsonCodec.MAPPER.createArrayNode().add(schema));
    root.set("components", strict(api.get("components").deepCopy()));
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    JsonNode actual = JsonCodec.read(body, JsonNode.class);
    assertThat(validator.validate(actual))
        .as("%s %d %s", operation, status, new String(body, StandardCharsets.UTF_8))
        .isEmpty();
  }

  /** Objects with named fields have no others. */
  private static JsonNode strict(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("properties") && object.has("type")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiContract::strict);
    return node;
  }
}
