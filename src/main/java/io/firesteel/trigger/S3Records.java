package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.Fields;
import io.firesteel.json.Problem;
import io.firesteel.json.Rule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * S3's notifications and MinIO's, which are the same but for the source and the {@code s3:} before
 * event names. Keys are encoded as HTML forms encode them.
 */
final class S3Records {

  private static final int MOST = 1000;
  private static final Rule<String> VERSION =
      Rule.matching(Pattern.compile("2\\.[0-9]{1,4}"), "version 2.x of S3's notifications");
  private static final Rule<Store> SOURCE =
      Rule.oneOf(Map.of("aws:s3", Store.S3, "minio:s3", Store.MINIO));

  private S3Records() {}

  static List<Notice> read(JsonNode records, String pointer) {
    if (!records.isArray() || records.isEmpty() || records.size() > MOST) {
      return Notices.broken(pointer, "must be a list of 1 to " + MOST + " records");
    }
    var notices = new ArrayList<Notice>();
    for (int i = 0; i < records.size(); i++) {
      notices.add(record(records.get(i), pointer + "/" + i));
    }
    return notices;
  }

  private static Notice record(JsonNode node, String pointer) {
    var problems = new ArrayList<Problem>();
    var fields = Fields.of(node, pointer, problems);
    fields.required("eventVersion", VERSION);
    Store store = fields.required("eventSource", SOURCE);
    String event = fields.required("eventName", EventRules.NAME);
    Instant time = fields.read("eventTime", EventRules.TIME);
    String bucket = fields.object("s3", s3 -> bucket(s3));
    S3Object object = fields.object("s3", s3 -> s3.object("object", S3Records::stored));
    if (store == null || event == null || bucket == null || object == null) {
      if (problems.isEmpty()) {
        problems.add(new Problem(pointer + "/s3", "must name bucket and object"));
      }
      return new Notice.Broken(problems);
    }
    if (!problems.isEmpty()) {
      return new Notice.Broken(problems);
    }
    String name = event.startsWith("s3:") ? event.substring(3) : event;
    return name.startsWith("ObjectCreated:")
        ? new Notice.Arrived(object.arrival(store, bucket, name, time))
        : new Notice.Ignored(name);
  }

  private static @Nullable String bucket(Fields s3) {
    return s3.object("bucket", fields -> fields.required("name", EventRules.BUCKET));
  }

  private static @Nullable S3Object stored(Fields fields) {
    String key = fields.required("key", EventRules.NAME);
    Long size = fields.read("size", EventRules.SIZE);
    String etag = fields.read("eTag", EventRules.NAME);
    String versionId = fields.read("versionId", Rule.TEXT);
    String sequencer = fields.read("sequencer", EventRules.SEQUENCER);
    String decoded = key == null ? null : decoded(key, fields);
    return decoded == null ? null : new S3Object(decoded, size, etag, versionId, sequencer);
  }

  private static @Nullable String decoded(String key, Fields fields) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      fields.report("key", "is not encoded as a form");
      return null;
    }
  }
}
