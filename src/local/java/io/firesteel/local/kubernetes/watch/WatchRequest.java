package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.SelectionPredicate;

/**
 * What a watch is about.
 *
 * @param startRevision the revision after which changes are wanted; not used when {@code
 *     initialState}
 * @param sendInitialEvents begin with an ADDED for everything that is there
 * @param allowWatchBookmarks tell from time to time how far the watch is
 * @param bookmarkAfterInitialEvents after the initial state, say that it was all
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
