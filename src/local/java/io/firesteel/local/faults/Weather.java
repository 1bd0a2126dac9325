package io.firesteel.local.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to requests. {@link #FINE} lets everything pass; the {@code with…} methods change
 * one thing each.
 *
 * @param latency before a request is passed on
 * @param away connections are closed as soon as they are made
 * @param refusal the HTTP status of requests that are refused, watches not among them
 * @param refused how many of a hundred requests are refused
 * @param retryAfter what a refusal asks for
 * @param lostAnswers how many of a hundred creations are carried out and never answered
 * @param expired watches are refused with 410 Gone
 * @param denial what an admission webhook says to every creation; null for none
 */
public record Weather(
    Duration latency,
    boolean away,
    int refusal,
    int refused,
    @Nullable Duration retryAfter,
    int lostAnswers,
    boolean expired,
    @Nullable String denial) {

  public static final Weather FINE = new Weather(Duration.ZERO, false, 0, 0, null, 0, false, null);

  public Weather withLatency(Duration delay) {
    return new Weather(delay, away, refusal, refused, retryAfter, lostAnswers, expired, denial);
  }

  public Weather withApiAway() {
    return new Weather(latency, true, refusal, refused, retryAfter, lostAnswers, expired, denial);
  }

  /** Refuses some of a hundred requests with a status. */
  public Weather withRefusals(int status, int ofHundred, @Nullable Duration askedToWait) {
    return new Weather(latency, away, status, ofHundred, askedToWait, lostAnswers, expired, denial);
  }

  public Weather withLostAnswers(int ofHundred) {
    return new Weather(latency, away, refusal, refused, retryAfter, ofHundred, expired, denial);
  }

  public Weather withExpiredWatches() {
    return new Weather(latency, away, refusal, refused, retryAfter, lostAnswers, true, denial);
  }

  public Weather withDenial(String why) {
    return new Weather(latency, away, refusal, refused, retryAfter, lostAnswers, expired, why);
  }
}
