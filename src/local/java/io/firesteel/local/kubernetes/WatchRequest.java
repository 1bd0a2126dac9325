package io.firesteel.local.kubernetes;

/**
 * What a watch is about.
 *
 * @param from the revision after which changes are wanted; not used when {@code initialState}
 * @param initialState begin with an ADDED for everything that is there
 * @param bookmarks tell from time to time how far the watch is
 * @param marksEnd after the initial state, say that it was all
 */
record WatchRequest(
    ResourceKind kind,
    Selection selection,
    long from,
    boolean initialState,
    boolean bookmarks,
    boolean marksEnd) {

  static WatchRequest everything(ResourceKind kind, Selection selection) {
    return new WatchRequest(kind, selection, 0, true, false, false);
  }
}
