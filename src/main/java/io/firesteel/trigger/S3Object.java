package io.firesteel.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The object in a notification of S3, in any of its formats. */
record S3Object(
    String key,
    @Nullable Long size,
    @Nullable String etag,
    @Nullable String versionId,
    @Nullable String sequencer) {

  ObjectCreated created(ObjectStore store, String bucket, String event, @Nullable Instant time) {
    return new ObjectCreated(
        store,
        "",
        bucket,
        key,
        "s3://" + bucket + "/" + key,
        size,
        etag,
        ObjectCreated.versionOf(versionId, sequencer, etag, time),
        sequencer,
        event,
        time);
  }
}
