package io.firesteel.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.event.CloudEventEncoder.ContentMode;
import io.firesteel.event.JobStatus;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Validates published events against the schemas. It is stricter than readers should be: it rejects
 * unknown fields.
 */
public final class EventSchemas {

  /** The default encoding of events. */
  public static final CloudEventEncoder ENCODER =
      new CloudEventEncoder(URI.create("/firesteel"), ContentMode.STRUCTURED);

  private static final String BASE = "https://firesteel.io/schemas/";
  private static final Path FOLDER =
      Path.of(System.getProperty("firesteel.home", "")).resolve("schemas");

  private static final List<String> NAMES =
      List.of(
          "job-event.v1.json",
          "job-result.v1.json",
          "job-status.v1.json",
          "tenant-event.v1.json",
          "tenant-status.v1.json",
          "schedule-event.v1.json",
          "schedule-status.v1.json",
          "workflow-event.v1.json",
          "workflow-result.v1.json",
          "workflow-status.v1.json");

  private final JsonSchema event;
  private final JsonSchema tenant;
  private final JsonSchema status;
  private final JsonSchema tenantStatus;
  private final JsonSchema schedule;
  private final JsonSchema scheduleStatus;
  private final JsonSchema workflow;
  private final JsonSchema workflowStatus;

  /** Reads the schemas of the repository. */
  public EventSchemas() {
    Map<String, String> texts = new HashMap<>();
    for (String name : NAMES) {
      texts.put(BASE + name, strictSchema(name));
    }
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)));
    this.event = factory.getSchema(SchemaLocation.of(BASE + "job-event.v1.json"));
    this.tenant = factory.getSchema(SchemaLocation.of(BASE + "tenant-event.v1.json"));
    this.schedule = factory.getSchema(SchemaLocation.of(BASE + "schedule-event.v1.json"));
    this.scheduleStatus = factory.getSchema(SchemaLocation.of(BASE + "schedule-status.v1.json"));
    this.workflow = factory.getSchema(SchemaLocation.of(BASE + "workflow-event.v1.json"));
    this.workflowStatus = factory.getSchema(SchemaLocation.of(BASE + "workflow-status.v1.json"));
    this.status = factory.getSchema(SchemaLocation.of(BASE + "job-status.v1.json"));
    this.tenantStatus = factory.getSchema(SchemaLocation.of(BASE + "tenant-status.v1.json"));
  }

  /** Validates a structured CloudEvent. */
  public void check(JsonNode actual) {
    String type = actual.path("type").asText();
    JsonSchema schema =
        type.startsWith("io.firesteel.tenant.")
            ? tenant
            : type.startsWith("io.firesteel.schedule.")
                ? schedule
                : type.startsWith("io.firesteel.workflow.") ? workflow : event;
    assertThat(schema.validate(actual)).as(actual.toPrettyString()).isEmpty();
  }

  /** Validates an event in the form that the worker publishes. */
  public void check(PublishedTenantEvent published) {
    byte[] bytes = new JsonFormat().serialize(ENCODER.encode(published));
    check(JsonCodec.read(bytes, JsonNode.class));
  }

  /** Validates an event in the form that the worker publishes. */
  public void check(PublishedJobEvent published) {
    byte[] bytes = new JsonFormat().serialize(ENCODER.encode(published));
    check(JsonCodec.read(bytes, JsonNode.class));
  }

  /** Validates a value of the status topic. */
  public void check(JobStatus actual) {
    checkStatus(JsonCodec.toTree(actual));
  }

  /** Validates a value of the topic with the status of tenants. */
  void checkTenantStatus(JsonNode actual) {
    assertThat(tenantStatus.validate(actual)).as(actual.toPrettyString()).isEmpty();
  }

  /** Validates a value of the status topic. */
  void checkStatus(JsonNode actual) {
    assertThat(status.validate(actual)).as(actual.toPrettyString()).isEmpty();
  }

  /** Validates a value of the topic with the status of workflows. */
  public void checkWorkflowStatus(JsonNode actual) {
    assertThat(workflowStatus.validate(actual)).as(actual.toPrettyString()).isEmpty();
  }

  /** Validates a value of the topic with the status of schedules. */
  void checkScheduleStatus(JsonNode actual) {
    assertThat(scheduleStatus.validate(actual)).as(actual.toPrettyString()).isEmpty();
  }

  private static String strictSchema(String name) {
    try {
      JsonNode schema = JsonCodec.MAPPER.readTree(Files.readString(FOLDER.resolve(name)));
      forbidUnknownFields(schema);
      return schema.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forbidUnknownFields(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(EventSchemas::forbidUnknownFields);
  }
}
