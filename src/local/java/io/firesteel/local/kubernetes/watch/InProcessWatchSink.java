package io.firesteel.local.kubernetes.watch;

import io.firesteel.local.kubernetes.store.ApiException;

/** A sink in this process: always ready, and it throws the failure of the watch. */
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
