package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.intake.decision.Decision;
import io.firesteel.intake.decision.MessageHandler;
import io.firesteel.intake.request.ReceivedMessage;
import io.firesteel.job.Origin;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import io.firesteel.json.ValidationError;
import io.firesteel.kafka.Topics;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Messages and definitions that the tests of intake share. */
public final class SampleMessages {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String TOPIC = "spark-job-requests";
  public static final MessageHandler HANDLER = new MessageHandler(TOPIC, 1 << 20);

  public static final String SPEC =
      """
      {"type":"Java","sparkVersion":"4.1.1","mode":"cluster","image":"spark:4.1.1",
       "mainClass":"com.example.Sum","mainApplicationFile":"local:///opt/spark/app.jar",
       "driver":{"cores":1,"memory":"512m"},
       "executor":{"instances":1,"cores":1,"memory":"512m"}}\
      """;

  private SampleMessages() {}

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
        Map.of(),
        Clusters.ONE,
        List.of());
  }

  /** A processor for topics called inbox and dead; it cannot write. */
  static BatchProcessor processor(MeterRegistry registry) {
    return processor(registry, new TenantHomes());
  }

  static BatchProcessor processor(MeterRegistry registry, TenantHomes homes) {
    return processor(registry, homes, new TenantShares(500, 50, () -> 0));
  }

  static BatchProcessor processor(MeterRegistry registry, TenantShares shares) {
    return processor(registry, new TenantHomes(), shares);
  }

  private static BatchProcessor processor(
      MeterRegistry registry, TenantHomes homes, TenantShares shares) {
    return processor(registry, homes, shares, () -> false);
  }

  static BatchProcessor processor(
      MeterRegistry registry, TenantHomes homes, TenantShares shares, BooleanSupplier stopping) {
    return new BatchProcessor(
        new RetryingProducer(new MockProducer<>(), Duration.ZERO, stopping, _ -> {}),
        homes,
        new Topics(""),
        shares,
        new DeadLetters("dead", registry),
        new IntakeMetrics(registry),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static List<ProducerRecord<byte[], byte[]>> records(
      ReceivedMessage message, Function<ReceivedMessage, List<Decision>> handler) {
    return records(processor(new SimpleMeterRegistry()), message, handler);
  }

  static List<ProducerRecord<byte[], byte[]>> records(
      BatchProcessor processor,
      ReceivedMessage message,
      Function<ReceivedMessage, List<Decision>> handler) {
    try {
      return processor.records(message, handler);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<ProducerRecord<byte[], byte[]>> records(ReceivedMessage message) {
    return records(message, m -> List.of(decide(m)));
  }

  /** A tenant as its definition's spec says. */
  public static Tenant tenant(String name, String spec) {
    var errors = new ArrayList<ValidationError>();
    return Tenant.read(name, json(spec), errors)
        .orElseThrow(() -> new IllegalArgumentException(errors.toString()));
  }

  public static JsonNode json(String text) {
    try {
      return StrictJson.read(text.getBytes(UTF_8));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public static ReceivedMessage plain(String json) {
    return of(TOPIC, Map.of(), json);
  }

  public static ReceivedMessage of(String topic, Map<String, String> headers, String value) {
    return of(topic, headers, value.getBytes(UTF_8));
  }

  public static ReceivedMessage of(String topic, Map<String, String> headers, byte[] value) {
    var kafka = new RecordHeaders();
    headers.forEach((name, text) -> kafka.add(name, text.getBytes(UTF_8)));
    return new ReceivedMessage(topic, 3, 42, NOW, NOW, kafka, "key".getBytes(UTF_8), value);
  }

  public static ReceivedMessage structured(String json) {
    return of(TOPIC, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"), json);
  }

  public static ReceivedMessage binary(Map<String, String> attributes, String data) {
    var headers = new HashMap<String, String>();
    attributes.forEach((name, value) -> headers.put("ce_" + name, value));
    headers.put("content-type", "application/json");
    return of(TOPIC, headers, data);
  }

  static Origin origin() {
    return new Origin("/tests", "1", NOW, null, null, null, null);
  }

  public static Decision decide(ReceivedMessage message) {
    return HANDLER.decide(message, definitions());
  }
}
