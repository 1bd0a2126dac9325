package io.firesteel.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.JsonCodec;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Checks records of public topics against {@code schemas/asyncapi.yaml}: key, format and payload.
 * {@link TopicReader} and the topology tests pass every record to it, so every test fails on an
 * event that violates the contract.
 */
public final class RecordContract {

  private static final List<String> DEAD_LETTER_HEADERS =
      List.of(
          "firesteel-reason-code",
          "firesteel-reason",
          "firesteel-origin-topic",
          "firesteel-origin-partition",
          "firesteel-origin-offset",
          "firesteel-origin-timestamp");

  private final EventSchemas schemas = new EventSchemas();

  /** Fails if the record violates the contract; other topics pass. */
  public void check(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    if (topic.endsWith("spark-job-events")
        || topic.endsWith("spark-job-results")
        || topic.endsWith("spark-workflow-results")) {
      JsonNode event = event(value == null ? new byte[0] : value, headers);
      schemas.check(event);
      assertThat(text(key)).isEqualTo(event.path("partitionkey").asText());
    } else if (topic.endsWith("spark-job-status") && value != null) {
      JsonNode status = JsonCodec.read(value, JsonNode.class);
      schemas.checkStatus(status);
      assertThat(text(key))
          .isEqualTo(status.path("tenant").asText() + "/" + status.path("jobId").asText());
    } else if (topic.endsWith("spark-tenant-status") && value != null) {
      JsonNode status = JsonCodec.read(value, JsonNode.class);
      schemas.checkTenantStatus(status);
      assertThat(text(key)).isEqualTo(status.path("tenant").asText());
    } else if (topic.endsWith("spark-schedule-status") && value != null) {
      JsonNode status = JsonCodec.read(value, JsonNode.class);
      schemas.checkScheduleStatus(status);
      assertThat(text(key))
          .isEqualTo(status.path("tenant").asText() + "/" + status.path("name").asText());
    } else if (topic.endsWith("spark-workflow-status") && value != null) {
      JsonNode status = JsonCodec.read(value, JsonNode.class);
      schemas.checkWorkflowStatus(status);
      assertThat(text(key))
          .isEqualTo(status.path("tenant").asText() + "/" + status.path("workflowId").asText());
    } else if (topic.endsWith("spark-job-dead-letters")) {
      assertThat(headers.toArray())
          .extracting(Header::key)
          .as("headers of a dead letter")
          .containsAll(DEAD_LETTER_HEADERS);
    }
  }

  /** Converts an event of either CloudEvents mode to the structured mode. */
  private static JsonNode event(byte[] value, Headers headers) {
    if (headers.lastHeader("ce_specversion") == null) {
      return JsonCodec.read(value, JsonNode.class);
    }
    ObjectNode event = JsonCodec.MAPPER.createObjectNode();
    for (Header header : headers) {
      if (header.key().startsWith("ce_")) {
        event.put(header.key().substring(3), text(header.value()));
      } else if (header.key().equals("content-type")) {
        event.put("datacontenttype", text(header.value()));
      }
    }
    return event.set("data", JsonCodec.read(value, JsonNode.class));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }
}
