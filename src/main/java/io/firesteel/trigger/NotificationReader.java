package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Recognizes the format of a message and reads every notification in it. The formats are those that
 * the stores document: Azure Event Grid in its own schema and as CloudEvents, S3 and MinIO, S3
 * through EventBridge, Google Cloud Storage through Pub/Sub and as CloudEvents.
 */
public final class NotificationReader {

  private static final int MAX_NOTIFICATIONS = 1000;

  private NotificationReader() {}

  /**
   * Reads a message.
   *
   * @param headers of the message; some formats put attributes there
   */
  public static List<Notification> read(JsonNode message, Map<String, String> headers) {
    if (!message.isArray()) {
      return readOne(message, "", headers);
    }
    if (message.isEmpty() || message.size() > MAX_NOTIFICATIONS) {
      return Notification.malformed(
          "", "must have 1 to " + MAX_NOTIFICATIONS + " notifications, has " + message.size());
    }
    var notifications = new ArrayList<Notification>();
    for (int i = 0; i < message.size(); i++) {
      notifications.addAll(readOne(message.get(i), "/" + i, headers));
    }
    return notifications;
  }

  private static List<Notification> readOne(
      JsonNode node, String pointer, Map<String, String> headers) {
    if (!node.isObject()) {
      return Notification.malformed(
          pointer, "must be a notification object, is " + FieldReader.typeOf(node));
    }
    if (node.has("Records")) {
      return S3Records.read(node.get("Records"), pointer + "/Records");
    }
    if (node.has("detail-type") || node.has("detail")) {
      return List.of(EventBridge.read(node, pointer));
    }
    if (node.path("Event").asText().equals("s3:TestEvent")) {
      return List.of(new Notification.Ignored());
    }
    if (GcsEvents.recognizes(node, headers)) {
      return List.of(GcsEvents.read(node, pointer, headers));
    }
    if (AzureEvents.recognizes(node, headers)) {
      return List.of(AzureEvents.read(node, pointer, headers));
    }
    return Notification.malformed(
        pointer,
        "is not a notification of Azure Event Grid, S3, MinIO, EventBridge or Google Pub/Sub");
  }
}
