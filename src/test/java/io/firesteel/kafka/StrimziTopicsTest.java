package io.firesteel.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.firesteel.kafka.TopicChecks.DescribedTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The topics that Strimzi makes are those that the worker would make. */
final class StrimziTopicsTest {

  @Test
  void theManifestsNameEveryTopicAsTheWorkerNeedsIt() throws IOException {
    var yaml = new YAMLMapper();
    var declared = new TreeMap<String, JsonNode>();
    try (var parser = yaml.createParser(Path.of("k8s/components/strimzi/topics.yaml").toFile());
        var objects = yaml.readValues(parser, new TypeReference<JsonNode>() {})) {
      objects.forEachRemaining(o -> declared.put(o.at("/metadata/name").asText(), o.path("spec")));
    }
    var needed = new TreeMap<String, Map<String, String>>();
    new Topics("").specs().forEach(spec -> needed.put(spec.name(), spec.settings()));
    assertThat(declared.keySet()).isEqualTo(needed.keySet());
    needed.forEach((topic, settings) ->
        settings.forEach((name, value) ->
            assertThat(
                    Objects.requireNonNull(declared.get(topic)).path("config").path(name).asText())
                .as("%s of %s", name, topic)
                .isEqualTo(value)));
    var described = new HashMap<String, DescribedTopic>();
    declared.forEach((name, spec) -> described.put(name, described(name, spec)));
    assertThat(
            new TopicChecks(
                    new Topics(""),
                    Duration.ofDays(7),
                    Duration.ofHours(12),
                    new KafkaCommands("kafka:9092"))
                .check(described, 3))
        .isEmpty();
  }

  /** The topic as a broker with Kafka's defaults describes it. */
  private static DescribedTopic described(String name, JsonNode spec) {
    var settings =
        new HashMap<>(
            Map.of(
                "retention.ms", "604800000",
                "retention.bytes", "-1",
                "delete.retention.ms", "86400000"));
    spec.path("config").properties().forEach(s -> settings.put(s.getKey(), s.getValue().asText()));
    return new DescribedTopic(
        name, spec.path("partitions").asInt(), spec.path("replicas").asInt(), settings);
  }
}
