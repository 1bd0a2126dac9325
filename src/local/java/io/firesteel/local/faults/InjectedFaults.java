package io.firesteel.local.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to requests. {@link #NONE} lets everything pass; the {@code with…} methods change
 * one thing each.
 *
 * @param latency before a request is passed on
 * @param unreachable connections are closed as soon as they are made
 * @param errorStatus the HTTP status of requests that are refused, watches not among them
 * @param errorPercent how many of a hundred requests are refused
 * @param retryAfter what a refusal asks for
 * @param lostResponsePercent how many of a hundred creations are carried out and never answered
 * @param watchesExpired watches are refused with 410 Gone
 * @param webhookDenial what an admission webhook says to every creation; null for none
 */
public record InjectedFaults(
    Duration latency,
    boolean unreachable,
    int errorStatus,
    int errorPercent,
    @Nullable Duration retryAfter,
    int lostResponsePercent,
    boolean watchesExpired,
    @Nullable String webhookDenial) {

  public static final InjectedFaults NONE =
      new InjectedFaults(Duration.ZERO, false, 0, 0, null, 0, false, null);

  public InjectedFaults withLatency(Duration delay) {
    return new InjectedFaults(
        delay,
        unreachable,
        errorStatus,
        errorPercent,
        retryAfter,
        lostResponsePercent,
        watchesExpired,
        webhookDenial);
  }

  public InjectedFaults withApiUnreachable() {
    return new InjectedFaults(
        latency,
        true,
        errorStatus,
        errorPercent,
        retryAfter,
        lostResponsePercent,
        watchesExpired,
        webhookDenial);
  }

  /** Refuses some of a hundred requests with a status. */
  public InjectedFaults withErrors(int status, int ofHundred, @Nullable Duration askedToWait) {
    return new InjectedFaults(
        latency,
        unreachable,
        status,
        ofHundred,
        askedToWait,
        lostResponsePercent,
        watchesExpired,
        webhookDenial);
  }

  public InjectedFaults withLostResponses(int ofHundred) {
    return new InjectedFaults(
        latency,
        unreachable,
        errorStatus,
        errorPercent,
        retryAfter,
        ofHundred,
        watchesExpired,
        webhookDenial);
  }

  public InjectedFaults withExpiredWatches() {
    return new InjectedFaults(
        latency,
        unreachable,
        errorStatus,
        errorPercent,
        retryAfter,
        lostResponsePercent,
        true,
        webhookDenial);
  }

  public InjectedFaults withWebhookDenial(String why) {
    return new InjectedFaults(
        latency,
        unreachable,
        errorStatus,
        errorPercent,
        retryAfter,
        lostResponsePercent,
        watchesExpired,
        why);
  }
}
