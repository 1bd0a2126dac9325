package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications of S3 and MinIO. They differ in the source and in the prefix {@code s3:} of
 * event names. Keys are encoded as in HTML forms.
 */
final class S3Records {

  private static final int MAX_RECORDS = 1000;
  private static final Rule<String> VERSION =
      Rule.matching(Pattern.compile("2\\.[0-9]{1,4}"), "version 2.x of S3's notifications");
  private static final Rule<ObjectStore> SOURCE =
      Rule.oneOf(Map.of("aws:s3", ObjectStore.S3, "minio:s3", ObjectStore.MINIO));

  private S3Records() {}

  static List<Notification> read(JsonNode records, String pointer) {
    if (!records.isArray() || records.isEmpty() || records.size() > MAX_RECORDS) {
      return Notification.malformed(
          pointer, "must be an array of 1 to " + MAX_RECORDS + " records");
    }
    var notifications = new ArrayList<Notification>();
    for (int i = 0; i < records.size(); i++) {
      notifications.add(record(records.get(i), pointer + "/" + i));
    }
    return notifications;
  }

  private static Notification record(JsonNode node, String pointer) {
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(node, pointer, errors);
    fields.required("eventVersion", VERSION);
    ObjectStore store = fields.required("eventSource", SOURCE);
    String event = fields.required("eventName", NotificationRules.NAME);
    Instant time = fields.read("eventTime", NotificationRules.TIME);
    String bucket = fields.object("s3", s3 -> bucket(s3));
    S3Object object = fields.object("s3", s3 -> s3.object("object", S3Records::stored));
    if (store == null || event == null || bucket == null || object == null) {
      if (errors.isEmpty()) {
        errors.add(new ValidationError(pointer + "/s3", "must name bucket and object"));
      }
      return new Notification.MalformedNotification(errors);
    }
    if (!errors.isEmpty()) {
      return new Notification.MalformedNotification(errors);
    }
    String name = event.startsWith("s3:") ? event.substring(3) : event;
    return name.startsWith("ObjectCreated:")
        ? new Notification.NewObject(object.created(store, bucket, name, time))
        : new Notification.Ignored();
  }

  private static @Nullable String bucket(FieldReader s3) {
    return s3.object("bucket", fields -> fields.required("name", NotificationRules.BUCKET));
  }

  private static @Nullable S3Object stored(FieldReader fields) {
    String key = fields.required("key", NotificationRules.NAME);
    Long size = fields.read("size", NotificationRules.SIZE);
    String etag = fields.read("eTag", NotificationRules.NAME);
    String versionId = fields.read("versionId", Rule.TEXT);
    String sequencer = fields.read("sequencer", NotificationRules.SEQUENCER);
    String decoded = key == null ? null : decoded(key, fields);
    return decoded == null ? null : new S3Object(decoded, size, etag, versionId, sequencer);
  }

  private static @Nullable String decoded(String key, FieldReader fields) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      fields.addError("key", "is not URL-encoded");
      return null;
    }
  }
}
