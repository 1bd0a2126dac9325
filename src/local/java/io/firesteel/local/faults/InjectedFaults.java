package io.firesteel.local.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The faults of requests. {@link #NONE} injects none; each {@code with…} method changes one.
 *
 * @param latency the delay before a request is forwarded
 * @param unreachable whether connections are closed at once
 * @param errorStatus the HTTP status of rejected requests; watches are not rejected
 * @param errorPercent the percentage of rejected requests
 * @param retryAfter the delay that a rejection asks for
 * @param lostResponsePercent the percentage of creations whose responses are lost
 * @param watchesExpired whether watches are rejected with 410 Gone
 * @param webhookDenial the message with which an admission webhook rejects creations; null for none
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

  /** Rejects a percentage of requests with a status. */
  public InjectedFaults withErrors(int status, int percent, @Nullable Duration retryAfter) {
    return new InjectedFaults(
        latency,
        unreachable,
        status,
        percent,
        retryAfter,
        lostResponsePercent,
        watchesExpired,
        webhookDenial);
  }

  public InjectedFaults withLostResponses(int percent) {
    return new InjectedFaults(
        latency,
        unreachable,
        errorStatus,
        errorPercent,
        retryAfter,
        percent,
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
