package io.firesteel.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The schemas of Kubernetes and of the custom resources in use. */
final class KubernetesSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> books = List.of(read("kubernetes-1.34.json"), read("custom.json"));

  private static JsonNode read(String name) {
    String path = "/kubernetes-schemas/" + name;
    try (InputStream in = KubernetesSchemas.class.getResourceAsStream(path)) {
      return JSON.readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** The errors of an object; a kind without a schema is an error. */
  List<String> problems(JsonNode object) {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    for (JsonNode book : books) {
      if (book.path("kinds").has(kind)) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", "#/definitions/" + book.path("kinds").path(kind).asText());
        schema.set("definitions", book.path("definitions"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(schema)
            .validate(object)
            .stream()
            .map(message -> kind + " " + object.at("/metadata/name").asText() + ": " + message)
            .toList();
      }
    }
    return List.of("no schema for " + kind);
  }
}
