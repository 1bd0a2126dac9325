package io.firesteel.bench.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.bench.hostile.HostileInput.Answer;
import io.firesteel.bench.hostile.HostileInput.Message;
import io.firesteel.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Notifications of object stores. Those that no trigger wants need no answer. */
final class BlobInputs {

  private static final String TOPIC = "spark-blob-events";
  private static final int RECORDS = 3000;

  private final Random random;
  private final HostileText text;

  BlobInputs(Random random) {
    this.random = random;
    this.text = new HostileText(random);
  }

  /** A notification of MinIO that the trigger of a tenant passes. */
  static byte[] arrival(String bucket, String key, String sequencer) {
    return JsonCodec.write(notification(bucket, key, sequencer));
  }

  private static ObjectNode notification(String bucket, String key, String sequencer) {
    ObjectNode notification =
        JsonCodec.MAPPER.createObjectNode().put("EventName", "s3:ObjectCreated:Put");
    ObjectNode entry =
        notification
            .putArray("Records")
            .addObject()
            .put("eventVersion", "2.0")
            .put("eventSource", "minio:s3")
            .put("eventTime", "2026-03-01T12:00:00Z")
            .put("eventName", "s3:ObjectCreated:Put");
    ObjectNode s3 = entry.putObject("s3");
    s3.putObject("bucket").put("name", bucket);
    s3.putObject("object")
        .put("key", key)
        .put("size", 2)
        .put("eTag", "e")
        .put("sequencer", sequencer);
    return notification;
  }

  private static ObjectNode hostile(String key, String sequencer) {
    return notification(HostilePlatform.HOSTILE, key, sequencer);
  }

  private static Message optional(String note, JsonNode message) {
    return Message.request(note, TOPIC, JsonCodec.write(message)).withAnswer(Answer.OPTIONAL);
  }

  List<HostileInput> all() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      inputs.add(optional("a mutation", text.mutated(hostile("in/" + i, "" + i))));
      inputs.add(optional("a mutation", text.mutated(cloudEvent(i))));
      inputs.add(optional("a mutation", text.mutated(pubSub())));
      inputs.add(optional("a key", hostile(new String(text.bytes(300), UTF_8), text.text())));
      inputs.add(optional("a key", hostile("in%2F%zz%00%C0%AF" + text.text(), "F".repeat(i * 50))));
      byte[] bytes = text.bytes(500);
      inputs.add(Message.request("random bytes", TOPIC, bytes).withAnswer(Answer.OPTIONAL));
    }
    inputs.add(Message.request("a tombstone", TOPIC, null).withAnswer(Answer.OPTIONAL));
    inputs.add(Message.request("not JSON", TOPIC, "{".getBytes(UTF_8)));
    ObjectNode many = hostile("in/many", "1");
    ArrayNode records = (ArrayNode) many.get("Records");
    for (int i = 0; i < RECORDS; i++) {
      records.add(hostile("in/many-" + random.nextInt(), "2").path("Records").get(0));
    }
    inputs.add(optional(RECORDS + " notifications in a message", many));
    ObjectNode nested = hostile("@", "1");
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    byte[] bytes = nested.toString().replace("\"@\"", deep).getBytes(UTF_8);
    inputs.add(Message.request("100,000 arrays as a key", TOPIC, bytes));
    return inputs;
  }

  private static ObjectNode cloudEvent(int i) {
    ObjectNode event =
        JsonCodec.MAPPER
            .createObjectNode()
            .put("specversion", "1.0")
            .put("type", "Microsoft.Storage.BlobCreated")
            .put("source", "/subscriptions/x/storageAccounts/a")
            .put("subject", "/blobServices/default/containers/hostile/blobs/in/" + i)
            .put("id", "azure-" + i)
            .put("time", "2026-03-01T12:00:00Z");
    event
        .putObject("data")
        .put("api", "PutBlob")
        .put("contentLength", 3)
        .put("url", "https://a.blob.core.windows.net/hostile/in/" + i)
        .put("sequencer", "00000000000000000000000000000000");
    return event;
  }

  private static ObjectNode pubSub() {
    ObjectNode push = JsonCodec.MAPPER.createObjectNode();
    ObjectNode message = push.putObject("message").put("data", "e30=").put("messageId", "1");
    message
        .putObject("attributes")
        .put("bucketId", HostilePlatform.HOSTILE)
        .put("objectId", "in/1")
        .put("eventType", "OBJECT_FINALIZE")
        .put("payloadFormat", "JSON_API_V1")
        .put("objectGeneration", "1");
    return push;
  }
}
