package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.SelectionPredicate;

/**
 * The parameters of a watch.
 *
 * @param startRevision the revision after which to send changes; ignored with {@code
 *     sendInitialEvents}
 * @param sendInitialEvents whether to start with an ADDED for every existing object
 * @param allowWatchBookmarks whether to send bookmarks
 * @param bookmarkAfterInitialEvents whether to mark the end of the initial events
 */
public record WatchRequest(
    ResourceKind kind,
    SelectionPredicate selection,
    long startRevision,
    boolean sendInitialEvents,
    boolean allowWatchBookmarks,
    boolean bookmarkAfterInitialEvents) {

  public static WatchRequest everything(ResourceKind kind, SelectionPredicate selectionPredicate) {
    return new WatchRequest(kind, selectionPredicate, 0, true, false, false);
  }
}
