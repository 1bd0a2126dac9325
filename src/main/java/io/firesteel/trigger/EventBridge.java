package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads notifications of S3 that come through EventBridge. Their keys are not encoded. */
final class EventBridge {

  private static final Rule<String> SOURCE = Rule.oneOf(Set.of("aws.s3"));

  private EventBridge() {}

  static Notification read(JsonNode node, String pointer) {
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(node, pointer, errors);
    fields.required("source", SOURCE);
    String type = fields.required("detail-type", NotificationRules.NAME);
    Instant time = fields.read("time", NotificationRules.TIME);
    ObjectCreated created = fields.object("detail", detail -> detail(detail, time));
    if (type == null || !errors.isEmpty()) {
      return new Notification.MalformedNotification(errors);
    }
    if (!type.equals("Object Created")) {
      return new Notification.Ignored();
    }
    return created == null
        ? new Notification.MalformedNotification(
            List.of(new ValidationError(pointer, "must name bucket and object in detail")))
        : new Notification.NewObject(created);
  }

  private static @Nullable ObjectCreated detail(FieldReader detail, @Nullable Instant time) {
    String bucket = detail.object("bucket", b -> b.required("name", NotificationRules.BUCKET));
    String reason = detail.read("reason", NotificationRules.NAME);
    if (bucket == null) {
      return null;
    }
    S3Object object = detail.object("object", EventBridge::stored);
    String event = "ObjectCreated:" + s3EventName(reason == null ? "" : reason);
    return object == null ? null : object.created(ObjectStore.S3, bucket, event, time);
  }

  private static @Nullable S3Object stored(FieldReader object) {
    String key = object.required("key", NotificationRules.NAME);
    Long size = object.read("size", NotificationRules.SIZE);
    String etag = object.read("etag", NotificationRules.NAME);
    String versionId = object.read("version-id", Rule.TEXT);
    String sequencer = object.read("sequencer", NotificationRules.SEQUENCER);
    return key == null ? null : new S3Object(key, size, etag, versionId, sequencer);
  }

  /** The name of the event in S3's own notifications. */
  private static String s3EventName(String reason) {
    return switch (reason) {
      case "PutObject" -> "Put";
      case "POST Object" -> "Post";
      case "CopyObject" -> "Copy";
      default -> reason;
    };
  }
}
