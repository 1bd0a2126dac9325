package io.firesteel.local.kubernetes;

import org.jspecify.annotations.Nullable;

/** Optimistic concurrency: a write that names a uid or version only touches that one. */
final class Preconditions {
  private Preconditions() {}

  static void check(StoredObject current, @Nullable String uid, @Nullable String version) {
    if (uid != null && !uid.equals(current.uid())) {
      throw ApiFailure.conflict(
          current.key(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, current.uid()));
    }
    if (version != null && !version.equals(Long.toString(current.revision()))) {
      throw ApiFailure.modified(current.key());
    }
  }
}
