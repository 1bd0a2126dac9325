package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The AsyncAPI document says what is so. */
final class AsyncApiTest {

  private static final Path SCHEMAS = Path.of("schemas");
  private static final JsonNode API = read();

  @Test
  void namesEveryPublicTopicWithItsSettings() {
    Map<String, JsonNode> channels = new TreeMap<>();
    API.get("channels").forEach(channel -> channels.put(channel.get("address").asText(), channel));

    for (TopicSpec topic : new Topics("").specs()) {
      if (!topic.name().startsWith("firesteel-")) {
        JsonNode channel = channels.getOrDefault(topic.name(), MissingNode.getInstance());
        JsonNode kafka = channel.at("/bindings/kafka/topicConfiguration");
        assertThat(kafka.path("cleanup.policy").path(0).asText())
            .as(topic.name())
            .isEqualTo(topic.settings().get("cleanup.policy"));
        assertThat(kafka.path("max.message.bytes").asText())
            .as(topic.name())
            .isEqualTo(topic.settings().get("max.message.bytes"));
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(API))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(
                    reference.startsWith("#")
                        ? !API.at(reference.substring(1)).isMissingNode()
                        : Files.exists(SCHEMAS.resolve(reference)))
                .as(reference)
                .isTrue());
  }

  @Test
  void mentionsEveryPayloadSchema() throws IOException {
    try (var files = Files.list(SCHEMAS)) {
      assertThat(references(API))
          .containsAll(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".v1.json") && !name.startsWith("common"))
                  .map(name -> "./" + name)
                  .toList());
    }
  }

  @Test
  void everyMessageSaysHowItIsKeyed() {
    assertThat(API.at("/components/messages"))
        .allSatisfy(message -> assertThat(message.at("/bindings/kafka").has("key")).isTrue());
  }

  private static List<String> references(JsonNode node) {
    var found = new ArrayList<String>();
    if (node.path("$ref").isTextual()) {
      found.add(node.get("$ref").asText());
    }
    StreamSupport.stream(node.spliterator(), false)
        .forEach(child -> found.addAll(references(child)));
    return found;
  }

  private static JsonNode read() {
    try {
      Object document =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(SCHEMAS.resolve("asyncapi.yaml")));
      return JsonCodec.toTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
