package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.StoredObject;

/** The receiver of a watch. Calls come one at a time, from the executor of the watcher. */
public interface WatchSink {
  /** Whether the receiver cannot accept more; the watcher then waits until it is woken. */
  boolean full();

  void event(Change.Type type, StoredObject object);

  /**
   * Reports the progress of the watch.
   *
   * @param endsInitialEvents marks the end of the initial events
   */
  void bookmark(long revision, boolean endsInitialEvents);

  /** Reports the failure that ends the watch. */
  void failed(ApiException failure);

  void end();
}
