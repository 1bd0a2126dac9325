package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ApiException;

/** A receiver in this process: it keeps up with every event, and a failure of the watch is its. */
@FunctionalInterface
public interface InProcessWatchSink extends WatchSink {

  @Override
  default boolean full() {
    return false;
  }

  @Override
  default void bookmark(long revision, boolean endsInitialEvents) {}

  @Override
  default void failed(ApiException failure) {
    throw failure;
  }

  @Override
  default void end() {}
}
