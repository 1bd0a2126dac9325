package io.firesteel.cluster.controller;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a shard sees its pods.
 *
 * @param failedSince when its list or watch began to fail; null while it is told what happens
 */
record WatchState(@Nullable Instant failedSince) {

  /** Watches end in the ordinary course of things; that is no news. */
  static final Duration GRACE_PERIOD = Duration.ofSeconds(15);

  static final WatchState SYNCED = new WatchState(null);

  static WatchState failed(Instant now) {
    return new WatchState(now);
  }

  /** What is lost already was lost earlier. */
  WatchState orFailed(Instant now) {
    return failedSince == null ? failed(now) : this;
  }

  boolean isReady(Instant now) {
    return failedSince == null || failedSince.plus(GRACE_PERIOD).isAfter(now);
  }

  String describe() {
    return failedSince == null ? "sees its pods" : "blind since " + failedSince;
  }
}
