package io.firesteel.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a shard sees its pods.
 *
 * @param blindSince when its list or watch began to fail; null while it is told what happens
 */
record Sight(@Nullable Instant blindSince) {

  /** Watches end in the ordinary course of things; that is no news. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  static final Sight CLEAR = new Sight(null);

  static Sight lost(Instant now) {
    return new Sight(now);
  }

  /** What is lost already was lost earlier. */
  Sight orLost(Instant now) {
    return blindSince == null ? lost(now) : this;
  }

  boolean good(Instant now) {
    return blindSince == null || blindSince.plus(PATIENCE).isAfter(now);
  }

  String inAWord() {
    return blindSince == null ? "sees its pods" : "blind since " + blindSince;
  }
}
