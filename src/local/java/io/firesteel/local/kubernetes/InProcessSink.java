package io.firesteel.local.kubernetes;

/** A receiver in this process: it keeps up with every event, and a failure of the watch is its. */
@FunctionalInterface
interface InProcessSink extends WatchSink {

  @Override
  default boolean full() {
    return false;
  }

  @Override
  default void bookmark(long revision, boolean endsInitialEvents) {}

  @Override
  default void failed(ApiFailure failure) {
    throw failure;
  }

  @Override
  default void end() {}
}
