package io.firesteel.local.kubernetes.rules;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Optimistic concurrency: a write with a uid or resource version applies only to that one. */
public final class Preconditions {
  private Preconditions() {}

  public static void check(StoredObject current, @Nullable String uid, @Nullable String version) {
    if (uid != null && !uid.equals(current.uid())) {
      throw ApiException.conflict(
          current.key(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, current.uid()));
    }
    if (version != null && !version.equals(Long.toString(current.revision()))) {
      throw ApiException.staleVersion(current.key());
    }
  }
}
