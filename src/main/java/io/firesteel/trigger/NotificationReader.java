package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds out by whom a message was written and reads every notification in it. Formats are those
 * that the stores document: Azure Event Grid in its own and in the CloudEvents schema, S3 and
 * MinIO, S3 through EventBridge, Google Cloud Storage through Pub/Sub and as CloudEvents.
 */
public final class NotificationReader {

  private static final int MAX_NOTIFICATIONS = 1000;

  private NotificationReader() {}

  /**
   * Reads.
   *
   * @param headers of the message, for those who put attributes there
   */
  public static List<Notification> read(JsonNode message, Map<String, String> headers) {
    if (!message.isArray()) {
      return readOne(message, "", headers);
    }
    if (message.isEmpty() || message.size() > MAX_NOTIFICATIONS) {
      return malformed(
          "", "must have 1 to " + MAX_NOTIFICATIONS + " notifications, has " + message.size());
    }
    var notices = new ArrayList<Notification>();
    for (int i = 0; i < message.size(); i++) {
      notices.addAll(readOne(message.get(i), "/" + i, headers));
    }
    return notices;
  }

  private static List<Notification> readOne(
      JsonNode node, String pointer, Map<String, String> headers) {
    if (!node.isObject()) {
      return malformed(pointer, "must be a notification, is " + FieldReader.typeOf(node));
    }
    if (node.has("Records")) {
      return S3Records.read(node.get("Records"), pointer + "/Records");
    }
    if (node.has("detail-type") || node.has("detail")) {
      return List.of(EventBridge.read(node, pointer));
    }
    if (node.path("Event").asText().equals("s3:TestEvent")) {
      return List.of(new Notification.Ignored("a test event"));
    }
    if (GcsEvents.recognizes(node, headers)) {
      return List.of(GcsEvents.read(node, pointer, headers));
    }
    if (AzureEvents.recognizes(node, headers)) {
      return List.of(AzureEvents.read(node, pointer, headers));
    }
    return malformed(pointer, "is no notification of Azure, S3, MinIO, EventBridge or Google");
  }

  static List<Notification> malformed(String pointer, String text) {
    return List.of(
        new Notification.MalformedNotification(List.of(new ValidationError(pointer, text))));
  }
}
