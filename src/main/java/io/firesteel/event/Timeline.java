package io.firesteel.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job reached each stage; null for a stage it did not reach. Stages of an attempt are those
 * of its last one. {@code startedAt} and {@code finishedAt} are the cluster's times, the others
 * Firesteel's.
 */
public record Timeline(
    @Nullable Instant receivedAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant admittedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant scheduledAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant endedAt) {

  /** Nothing but the arrival of the request. */
  public static Timeline received(Instant at) {
    return new Timeline(at, null, null, null, null, null, null, null);
  }

  public Timeline accepted(Instant at) {
    return new Timeline(receivedAt, at, null, null, null, null, null, null);
  }

  /** A new attempt begins: what the one before it reached is forgotten. */
  public Timeline admitted(Instant at) {
    return new Timeline(receivedAt, acceptedAt, at, null, null, null, null, null);
  }

  public Timeline submitted(Instant at) {
    return new Timeline(
        receivedAt, acceptedAt, admittedAt, at, scheduledAt, startedAt, finishedAt, endedAt);
  }

  public Timeline scheduled(Instant at) {
    return new Timeline(
        receivedAt, acceptedAt, admittedAt, submittedAt, at, startedAt, finishedAt, endedAt);
  }

  public Timeline started(Instant at) {
    return new Timeline(
        receivedAt, acceptedAt, admittedAt, submittedAt, scheduledAt, at, finishedAt, endedAt);
  }

  public Timeline finished(Instant at) {
    return new Timeline(
        receivedAt, acceptedAt, admittedAt, submittedAt, scheduledAt, startedAt, at, endedAt);
  }

  public Timeline ended(Instant at) {
    return new Timeline(
        receivedAt, acceptedAt, admittedAt, submittedAt, scheduledAt, startedAt, finishedAt, at);
  }
}
