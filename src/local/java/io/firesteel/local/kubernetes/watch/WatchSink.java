package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.StoredObject;

/** Where a watcher's events go. All calls come from the watcher's own turn, one after the other. */
public interface WatchSink {
  /** True while the receiver cannot keep up; the watcher then waits to be woken. */
  boolean full();

  void event(Change.Type type, StoredObject object);

  /**
   * Tells how far the watcher is.
   *
   * @param endsInitialEvents marks the end of the objects that were there at the start
   */
  void bookmark(long revision, boolean endsInitialEvents);

  /** The last word before the end when something is wrong. */
  void failed(ApiException failure);

  void end();
}
