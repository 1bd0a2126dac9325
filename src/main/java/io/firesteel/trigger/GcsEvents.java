package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import io.firesteel.json.ValidationError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications of Google Cloud Storage. Through Pub/Sub, attributes of the push envelope, of
 * the bare message or of the Kafka message describe the event, and the body is the object. As
 * CloudEvents, they have the type {@code google.cloud.storage.object.v1.finalized}.
 */
final class GcsEvents {

  private static final String FINALIZED = "OBJECT_FINALIZE";
  private static final String CLOUD_EVENT = "google.cloud.storage.object.v1.";
  private static final List<String> ATTRIBUTES =
      List.of("eventType", "bucketId", "objectId", "objectGeneration", "eventTime");

  private GcsEvents() {}

  static boolean recognizes(JsonNode node, Map<String, String> headers) {
    return attributes(node, headers) != null || !cloudEvent(node, headers).isEmpty();
  }

  static Notification read(JsonNode node, String pointer, Map<String, String> headers) {
    JsonNode attributes = attributes(node, headers);
    return attributes == null
        ? cloudEvent(node, pointer, headers)
        : pubSub(attributes, body(node), pointer);
  }

  private static @Nullable JsonNode attributes(JsonNode node, Map<String, String> headers) {
    for (JsonNode place :
        List.of(node.path("message").path("attributes"), node.path("attributes"))) {
      if (place.has("bucketId") || place.has("objectId")) {
        return place;
      }
    }
    if (!headers.containsKey("bucketId")) {
      return null;
    }
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    ATTRIBUTES.stream().filter(headers::containsKey).forEach(a -> found.put(a, headers.get(a)));
    return found;
  }

  /** The object, for its size and ETag. Some payload formats do not have them. */
  private static JsonNode body(JsonNode node) {
    JsonNode message = node.path("message").isObject() ? node.path("message") : node;
    if (!message.path("data").isTextual()) {
      return message.has("attributes") ? MissingNode.getInstance() : message;
    }
    try {
      return StrictJson.read(Base64.getDecoder().decode(message.path("data").textValue()));
    } catch (InvalidJsonException | IllegalArgumentException _) {
      return MissingNode.getInstance();
    }
  }

  private static Notification pubSub(JsonNode attributes, JsonNode body, String pointer) {
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(attributes, pointer + "/attributes", errors);
    String type = fields.required("eventType", NotificationRules.NAME);
    String bucket = fields.required("bucketId", NotificationRules.BUCKET);
    String key = fields.required("objectId", NotificationRules.NAME);
    String generation = fields.required("objectGeneration", NotificationRules.GENERATION);
    Instant time = fields.read("eventTime", NotificationRules.TIME);
    if (type == null || bucket == null || key == null || generation == null || !errors.isEmpty()) {
      return new Notification.MalformedNotification(errors);
    }
    if (!type.equals(FINALIZED)) {
      return new Notification.Ignored();
    }
    return created(bucket, key, generation, body, type, time);
  }

  private static String cloudEvent(JsonNode node, Map<String, String> headers) {
    String own = node.path("type").asText("");
    String type = own.isEmpty() ? headers.getOrDefault("ce_type", "") : own;
    return type.startsWith(CLOUD_EVENT) ? type : "";
  }

  private static Notification cloudEvent(
      JsonNode node, String pointer, Map<String, String> headers) {
    String type = cloudEvent(node, headers);
    if (!type.equals(CLOUD_EVENT + "finalized")) {
      return new Notification.Ignored();
    }
    boolean binary = headers.containsKey("ce_type") && !node.has("data");
    JsonNode data = binary ? node : node.path("data");
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(data, pointer + (binary ? "" : "/data"), errors);
    String bucket = fields.required("bucket", NotificationRules.BUCKET);
    String key = fields.required("name", NotificationRules.NAME);
    String generation = fields.required("generation", NotificationRules.GENERATION);
    Instant time = fields.read("timeCreated", NotificationRules.TIME);
    return bucket == null || key == null || generation == null || !errors.isEmpty()
        ? new Notification.MalformedNotification(errors)
        : created(bucket, key, generation, data, FINALIZED, time);
  }

  private static Notification created(
      String bucket,
      String key,
      String generation,
      JsonNode object,
      String type,
      @Nullable Instant time) {
    return new Notification.NewObject(
        new ObjectCreated(
            ObjectStore.GCS,
            "",
            bucket,
            key,
            "gs://" + bucket + "/" + key,
            NotificationRules.SIZE.reader().apply(object.path("size")),
            object.path("etag").isTextual() ? object.path("etag").textValue() : null,
            "g:" + generation,
            generation,
            type,
            time));
  }
}
