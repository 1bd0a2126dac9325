package io.firesteel.local.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One driver pod as the audit log tells it.
 *
 * @param job the job's short name, which is the same for each of its attempts
 * @param created when the API server made it
 * @param ended when its container was reported ended or the pod was removed; null while neither
 *     happened
 * @param phase the last one reported
 */
public record DriverRun(
    String tenant,
    String job,
    String namespace,
    String pod,
    String uid,
    Instant created,
    @Nullable Instant ended,
    String phase) {

  boolean liveAt(Instant moment) {
    return !created.isAfter(moment) && (ended == null || ended.isAfter(moment));
  }

  DriverRun endedAt(Instant moment) {
    return ended != null
        ? this
        : new DriverRun(tenant, job, namespace, pod, uid, created, moment, phase);
  }

  DriverRun inPhase(String now) {
    return now.isEmpty()
        ? this
        : new DriverRun(tenant, job, namespace, pod, uid, created, ended, now);
  }
}
