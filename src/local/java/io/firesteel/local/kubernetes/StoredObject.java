package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object. Its tree never changes once it is here; its JSON text is made on first
 * use and kept, because every list and every watcher sends the same bytes. Thread-safe.
 */
final class StoredObject {
  private final ObjectKey key;
  private final ObjectNode json;
  private final long revision;
  private volatile byte @Nullable [] bytes;

  StoredObject(ObjectKey key, ObjectNode json, long revision) {
    this.key = key;
    this.json = json;
    this.revision = revision;
  }

  ObjectKey key() {
    return key;
  }

  /** To read only. */
  ObjectNode json() {
    return json;
  }

  long revision() {
    return revision;
  }

  byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = Json.bytes(json);
      bytes = known;
    }
    return known;
  }

  JsonNode metadata() {
    return json.path("metadata");
  }

  String uid() {
    return metadata().path("uid").asText();
  }

  JsonNode labels() {
    return metadata().path("labels");
  }

  boolean deleting() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  boolean hasFinalizer(String name) {
    for (JsonNode finalizer : metadata().path("finalizers")) {
      if (finalizer.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
