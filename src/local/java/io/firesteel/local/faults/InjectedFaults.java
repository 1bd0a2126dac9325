package io.firesteel.local.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The faults of requests. {@link #NONE} injects none; each {@code with…} method changes one.
 *
 * @param latency the delay before a request is forwarded
 * @param unreachable whether connections are closed at once
 * @param errors rejections of requests
 * @param lostResponsePercent the percentage of creations whose responses are lost
 * @param watchesExpired whether watches are rejected with 410 Gone
 * @param webhookDenial the message with which an admission webhook rejects creations; null for none
 */
public record InjectedFaults(
    Duration latency,
    boolean unreachable,
    ErrorResponses errors,
    int lostResponsePercent,
    boolean watchesExpired,
    @Nullable String webhookDenial) {

  public static final InjectedFaults NONE =
      new InjectedFaults(Duration.ZERO, false, new ErrorResponses(0, 0, null), 0, false, null);

  /**
   * Rejections of requests; watches are not rejected.
   *
   * @param status the HTTP status
   * @param percent the percentage of rejected requests
   * @param retryAfter the delay that a rejection asks for
   */
  public record ErrorResponses(int status, int percent, @Nullable Duration retryAfter) {}

  public InjectedFaults withLatency(Duration delay) {
    return new InjectedFaults(
        delay, unreachable, errors, lostResponsePercent, watchesExpired, webhookDenial);
  }

  public InjectedFaults withApiUnreachable() {
    return new InjectedFaults(
        latency, true, errors, lostResponsePercent, watchesExpired, webhookDenial);
  }

  /** Rejects a percentage of requests with a status. */
  public InjectedFaults withErrors(int status, int percent, @Nullable Duration retryAfter) {
    return new InjectedFaults(
        latency,
        unreachable,
        new ErrorResponses(status, percent, retryAfter),
        lostResponsePercent,
        watchesExpired,
        webhookDenial);
  }

  public InjectedFaults withLostResponses(int percent) {
    return new InjectedFaults(latency, unreachable, errors, percent, watchesExpired, webhookDenial);
  }

  public InjectedFaults withExpiredWatches() {
    return new InjectedFaults(
        latency, unreachable, errors, lostResponsePercent, true, webhookDenial);
  }

  public InjectedFaults withWebhookDenial(String why) {
    return new InjectedFaults(
        latency, unreachable, errors, lostResponsePercent, watchesExpired, why);
  }
}
