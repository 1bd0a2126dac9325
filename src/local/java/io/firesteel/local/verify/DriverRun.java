package io.firesteel.local.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One driver pod, from the audit log.
 *
 * @param job the short name of the job, the same for all its attempts
 * @param created when the API server created the pod
 * @param started whether its container was ever reported as started
 * @param ended when its container was reported as ended or the pod was removed; null before that
 * @param phase the phase last reported
 */
public record DriverRun(
    String tenant,
    String job,
    String namespace,
    String pod,
    String uid,
    Instant created,
    boolean started,
    @Nullable Instant ended,
    String phase) {

  /** Namespace and name. */
  String namespacedName() {
    return namespace + "/" + pod;
  }

  boolean liveAt(Instant moment) {
    return !created.isAfter(moment) && (ended == null || ended.isAfter(moment));
  }

  DriverRun endedAt(Instant moment) {
    return ended != null
        ? this
        : new DriverRun(tenant, job, namespace, pod, uid, created, started, moment, phase);
  }

  DriverRun running() {
    return new DriverRun(tenant, job, namespace, pod, uid, created, true, ended, phase);
  }

  DriverRun withPhase(String now) {
    return now.isEmpty()
        ? this
        : new DriverRun(tenant, job, namespace, pod, uid, created, started, ended, now);
  }
}
