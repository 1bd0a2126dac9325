package io.firesteel.trigger;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An object that was created in a store.
 *
 * @param account Azure's storage account; empty elsewhere
 * @param bucket or container
 * @param key the object's name, decoded
 * @param url in the form of the store
 * @param size in bytes
 * @param version identifies a version of the object
 * @param sequencer the order of versions of one object
 * @param event the store's name of the event, without a leading {@code s3:}; for Azure the API
 *     operation
 */
public record ObjectCreated(
    ObjectStore store,
    String account,
    String bucket,
    String key,
    String url,
    @Nullable Long size,
    @Nullable String etag,
    String version,
    @Nullable String sequencer,
    String event,
    @Nullable Instant time) {

  /** Identifies the object, regardless of its version. */
  String identity() {
    return store.value() + "/" + account + "/" + bucket + "/" + key;
  }

  /** The sequencer in a form that sorts as text, if there is one. */
  @Nullable String sortableSequencer() {
    return sequencer == null ? null : store.sortable(sequencer);
  }

  /** The URL for Spark. */
  String sparkUrl() {
    return switch (store) {
      case S3, MINIO -> "s3a://" + bucket + "/" + key;
      case GCS -> "gs://" + bucket + "/" + key;
      case AZURE ->
          "abfss://%s@%s.dfs.core.windows.net/%s"
              .formatted(bucket, account.toLowerCase(Locale.ROOT), key);
    };
  }

  /**
   * The best identifier of a version that a notification has: S3's version id if the bucket is
   * versioned, else the sequencer, which grows even if the content stays the same, else the ETag
   * with the time.
   */
  static String versionOf(
      @Nullable String versionId,
      @Nullable String sequencer,
      @Nullable String etag,
      @Nullable Instant time) {
    if (versionId != null && !versionId.isEmpty() && !versionId.equals("null")) {
      return "v:" + versionId;
    }
    return sequencer != null ? "s:" + sequencer : "e:" + etag + "@" + time;
  }

  /** The last part of the key. */
  String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
