package io.firesteel.local.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One driver pod as the audit log tells it.
 *
 * @param job the job's short name, which is the same for each of its attempts
 * @param created when the API server made it
 * @param started whether its container was ever reported to run
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
