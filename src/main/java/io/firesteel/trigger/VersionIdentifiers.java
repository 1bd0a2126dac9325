package io.firesteel.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What tells one writing of an object from the next, by the best that a notification holds. */
final class VersionIdentifiers {

  private VersionIdentifiers() {}

  /**
   * S3's version id where the bucket has versions, else the sequencer, which grows with each
   * writing even of the same content, else the content's tag with the time.
   */
  static String of(
      @Nullable String versionId,
      @Nullable String sequencer,
      @Nullable String etag,
      @Nullable Instant time) {
    if (versionId != null && !versionId.isEmpty() && !versionId.equals("null")) {
      return "v:" + versionId;
    }
    return sequencer != null ? "s:" + sequencer : "e:" + etag + "@" + time;
  }
}
