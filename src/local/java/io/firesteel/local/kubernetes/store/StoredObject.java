package io.firesteel.local.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object. Its tree must not change. Its JSON bytes are computed on first use and
 * kept, because every list and watch sends the same. Thread-safe.
 */
public final class StoredObject {
  private final ObjectKey key;
  private final ObjectNode json;
  private final long revision;
  private volatile byte @Nullable [] bytes;

  public StoredObject(ObjectKey key, ObjectNode json, long revision) {
    this.key = key;
    this.json = json;
    this.revision = revision;
  }

  public ObjectKey key() {
    return key;
  }

  /** Must not be changed. */
  public ObjectNode json() {
    return json;
  }

  public long revision() {
    return revision;
  }

  public byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = JsonTrees.bytes(json);
      bytes = known;
    }
    return known;
  }

  public JsonNode metadata() {
    return json.path("metadata");
  }

  public String uid() {
    return metadata().path("uid").asText();
  }

  public JsonNode labels() {
    return metadata().path("labels");
  }

  public boolean deleting() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  public boolean hasFinalizer(String name) {
    for (JsonNode finalizer : metadata().path("finalizers")) {
      if (finalizer.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
