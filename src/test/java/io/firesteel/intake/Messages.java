package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.json.Problem;
import io.firesteel.json.StrictJson;
import io.firesteel.json.UnreadableJson;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Messages and definitions that the tests of the way in share. */
final class Messages {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String TOPIC = "spark-job-requests";
  static final Intake INTAKE = new Intake(TOPIC, 1 << 20);

  static final String SPEC =
      """
      {"type":"Java","sparkVersion":"4.1.1","mode":"cluster","image":"spark:4.1.1",
       "mainClass":"com.example.Sum","mainApplicationFile":"local:///opt/spark/app.jar",
       "driver":{"cores":1,"memory":"512m"},
       "executor":{"instances":1,"cores":1,"memory":"512m"}}\
      """;

  private Messages() {}

  static Definitions definitions() {
    return new Definitions(
        Tenants.of(
            List.of(
                tenant(
                    "sales",
                    """
                    {"namespace":"sales-jobs","maxConcurrency":2,"cohort":"shop",
                     "defaultPriority":7}\
                    """),
                tenant("risk", "{\"maxConcurrency\":1}"))),
        Map.of(),
        Map.of(),
        List.of());
  }

  /** A passage to topics called inbox and dead. */
  static Passage passage(Function<Received, List<Decision>> decider) {
    return passage(new SimpleMeterRegistry(), decider);
  }

  static Passage passage(MeterRegistry registry, Function<Received, List<Decision>> decider) {
    return new Passage(
        "inbox",
        new DeadLetters("dead"),
        new IntakeMetrics(registry, Messages::definitions),
        decider);
  }

  /** A tenant as its definition's spec says. */
  static Tenant tenant(String name, String spec) {
    var problems = new ArrayList<Problem>();
    return Tenant.read(name, json(spec), problems)
        .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
  }

  static JsonNode json(String text) {
    try {
      return StrictJson.read(text.getBytes(UTF_8));
    } catch (UnreadableJson e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Received plain(String json) {
    return of(TOPIC, Map.of(), json);
  }

  static Received of(String topic, Map<String, String> headers, String value) {
    return of(topic, headers, value.getBytes(UTF_8));
  }

  static Received of(String topic, Map<String, String> headers, byte[] value) {
    var kafka = new RecordHeaders();
    headers.forEach((name, text) -> kafka.add(name, text.getBytes(UTF_8)));
    return new Received(topic, 3, 42, NOW, NOW, kafka, "key".getBytes(UTF_8), value);
  }

  static Received structured(String json) {
    return of(TOPIC, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"), json);
  }

  static Received binary(Map<String, String> attributes, String data) {
    var headers = new HashMap<String, String>();
    attributes.forEach((name, value) -> headers.put("ce_" + name, value));
    headers.put("content-type", "application/json");
    return of(TOPIC, headers, data);
  }

  static Decision decide(Received message) {
    return INTAKE.decide(message, definitions());
  }
}
