package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** On a broker that takes records of its default size and no larger ones. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class RequestSizesQuarkusTest {

  private static final List<Integer> SIZES =
      List.of(
          60_000, 300_000, 500_000, 525_000, 900_000, 1_000_000, 1_040_000, 1_047_500, 1_048_400,
          1_048_576, 1_048_577, 2_000_000);

  private static final String REQUEST = "{\"tenant\":\"sales\",\"jobId\":\"%s\",%s}";
  private static final String SPEC = "\"spec\":" + SampleMessages.SPEC;

  /** What a request is made long with; {@code %s} is the filler. */
  private static final Map<String, String> PLACES =
      Map.of(
          "correlation", SPEC + ",\"correlation\":{\"note\":\"%s\"}",
          "spec", SPEC.replaceFirst("\\{", "{\"sparkConf\":{\"spark.note\":\"%s\"},"),
          "label", SPEC + ",\"labels\":{\"note\":\"%s\"}",
          "unknown", SPEC + ",\"note\":\"%s\"");

  @Test
  void everyRequestIsAcceptedOrRefusedAndTheNextOneIsDecided() {
    Map<String, JsonNode> decisions = new TreeMap<>();
    List<String> sent = new ArrayList<>();
    try (var producer = producer();
        var events = TopicReader.open(bootstrap(), "spark-job-events")) {
      fillers()
          .forEach((filler, text) ->
              PLACES.forEach((place, request) ->
                  SIZES.forEach(size -> {
                    String id = "size-%s-%s-%d".formatted(place, filler, size);
                    sent.add(id);
                    producer.send(message(id, request, size, text));
                  })));
      sent.add("size-small");
      producer.send(message("size-small", SPEC, 0, _ -> ""));
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> {
            events.poll(record -> note(record, decisions));
            assertThat(decisions).containsKeys(sent.toArray(String[]::new));
          });
    }
    assertThat(type(decisions, "size-small")).isEqualTo("io.firesteel.job.accepted.v1");
    assertThat(type(decisions, "size-spec-printable-300000"))
        .isEqualTo("io.firesteel.job.accepted.v1");
    assertThat(of(decisions, "size-correlation-printable-1048400").at("/data/failure/message"))
        .hasToString(
            "\"/correlation: has 1048060 bytes as JSON, the limit is 65536; put large data in an"
                + " object store and its URL here\"");
  }

  private static String type(Map<String, JsonNode> decisions, String id) {
    return of(decisions, id).path("type").asText();
  }

  private static JsonNode of(Map<String, JsonNode> decisions, String id) {
    return decisions.getOrDefault(id, MissingNode.getInstance());
  }

  private static void note(ConsumerRecord<byte[], byte[]> record, Map<String, JsonNode> decisions) {
    try {
      JsonNode event = JsonCodec.MAPPER.readTree(record.value());
      String type = event.path("type").asText();
      if (type.equals("io.firesteel.job.accepted.v1")
          || type.equals("io.firesteel.job.refused.v1")) {
        decisions.put(event.path("subject").asText(), event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Random text, so that compression does not help; so many bytes of a JSON text. */
  private static Map<String, IntFunction<String>> fillers() {
    var random = new Random(7);
    return Map.of(
        "printable", bytes -> text(bytes, 1, () -> (char) ('A' + random.nextInt(26)) + ""),
        "quotes", bytes -> text(bytes, 2, () -> random.nextBoolean() ? "\\\"" : "\\\\"),
        "emoji", bytes -> text(bytes, 4, () -> Character.toString(0x1F600 + random.nextInt(64))));
  }

  private static String text(int bytes, int each, Supplier<String> next) {
    var text = new StringBuilder("x".repeat(bytes % each));
    for (int i = 0; i < bytes / each; i++) {
      text.append(next.get());
    }
    return text.toString();
  }

  private static ProducerRecord<byte[], byte[]> message(
      String id, String request, int size, IntFunction<String> filler) {
    int bare = REQUEST.formatted(id, request.replace("%s", "")).length();
    String text = filler.apply(Math.max(0, size - bare));
    return new ProducerRecord<>(
        "spark-job-requests",
        0,
        null,
        REQUEST.formatted(id, request.replace("%s", text)).getBytes(UTF_8));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap(), "max.request.size", 10 << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static String bootstrap() {
    return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
  }
}
