package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S3's notifications through EventBridge. Keys are not encoded there. */
final class EventBridge {

  private static final Rule<String> SOURCE = Rule.oneOf(Set.of("aws.s3"));

  private EventBridge() {}

  static Notice read(JsonNode node, String pointer) {
    var problems = new ArrayList<Problem>();
    var fields = Fields.of(node, pointer, problems);
    fields.required("source", SOURCE);
    String type = fields.required("detail-type", EventRules.NAME);
    Instant time = fields.read("time", EventRules.TIME);
    ObjectArrival arrival = fields.object("detail", detail -> detail(detail, time));
    if (type == null || !problems.isEmpty()) {
      return new Notice.Broken(problems);
    }
    if (!type.equals("Object Created")) {
      return new Notice.Ignored(type);
    }
    return arrival == null
        ? new Notice.Broken(List.of(new Problem(pointer, "must name bucket and object in detail")))
        : new Notice.Arrived(arrival);
  }

  private static @Nullable ObjectArrival detail(Fields detail, @Nullable Instant time) {
    String bucket = detail.object("bucket", b -> b.required("name", EventRules.BUCKET));
    String reason = detail.read("reason", EventRules.NAME);
    if (bucket == null) {
      return null;
    }
    S3Object object = detail.object("object", EventBridge::stored);
    String event = "ObjectCreated:" + word(reason == null ? "" : reason);
    return object == null ? null : object.arrival(Store.S3, bucket, event, time);
  }

  private static @Nullable S3Object stored(Fields object) {
    String key = object.required("key", EventRules.NAME);
    Long size = object.read("size", EventRules.SIZE);
    String etag = object.read("etag", EventRules.NAME);
    String versionId = object.read("version-id", Rule.TEXT);
    String sequencer = object.read("sequencer", EventRules.SEQUENCER);
    return key == null ? null : new S3Object(key, size, etag, versionId, sequencer);
  }

  /** The names that S3 gives to the same in its own notifications. */
  private static String word(String reason) {
    return switch (reason) {
      case "PutObject" -> "Put";
      case "POST Object" -> "Post";
      case "CopyObject" -> "Copy";
      default -> reason;
    };
  }
}
