package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds out by whom a message was written and reads every notification in it. Formats are those
 * that the stores document: Azure Event Grid in its own and in the CloudEvents schema, S3 and
 * MinIO, S3 through EventBridge, Google Cloud Storage through Pub/Sub and as CloudEvents.
 */
public final class Notices {

  private static final int MOST = 1000;

  private Notices() {}

  /**
   * Reads.
   *
   * @param headers of the message, for those who put attributes there
   */
  public static List<Notice> read(JsonNode message, Map<String, String> headers) {
    if (!message.isArray()) {
      return one(message, "", headers);
    }
    if (message.isEmpty() || message.size() > MOST) {
      return broken("", "must have 1 to " + MOST + " notifications, has " + message.size());
    }
    var notices = new ArrayList<Notice>();
    for (int i = 0; i < message.size(); i++) {
      notices.addAll(one(message.get(i), "/" + i, headers));
    }
    return notices;
  }

  private static List<Notice> one(JsonNode node, String pointer, Map<String, String> headers) {
    if (!node.isObject()) {
      return broken(pointer, "must be a notification, is " + Fields.kindOf(node));
    }
    if (node.has("Records")) {
      return S3Records.read(node.get("Records"), pointer + "/Records");
    }
    if (node.has("detail-type") || node.has("detail")) {
      return List.of(EventBridge.read(node, pointer));
    }
    if (node.path("Event").asText().equals("s3:TestEvent")) {
      return List.of(new Notice.Ignored("a test event"));
    }
    if (GcsEvents.isOne(node, headers)) {
      return List.of(GcsEvents.read(node, pointer, headers));
    }
    if (AzureEvents.isOne(node, headers)) {
      return List.of(AzureEvents.read(node, pointer, headers));
    }
    return broken(pointer, "is no notification of Azure, S3, MinIO, EventBridge or Google");
  }

  static List<Notice> broken(String pointer, String text) {
    return List.of(new Notice.Broken(List.of(new Problem(pointer, text))));
  }
}
