package io.firesteel.admission;

import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest writing of each object that a job was let in for, as long as that job is
 * remembered: stores tell late and out of order, and the content of an older writing is gone.
 */
final class ObjectVersions {

  private final State state;

  ObjectVersions(State state) {
    this.state = state;
  }

  /** Whether a job for a later writing was let in before. */
  boolean outdated(Job job) {
    ObjectVersion version = job.version();
    if (version == null) {
      return false;
    }
    NewestVersion newest = newest(job.key(), version);
    return newest != null && newest.order().compareTo(version.order()) > 0;
  }

  /** Notes the writing of a job that is let in. */
  void keep(Job job) {
    ObjectVersion version = job.version();
    if (version != null && !outdated(job)) {
      state.put(
          Table.OBJECTS, key(job.key(), version), new NewestVersion(version.order(), job.key()));
    }
  }

  /** Forgets with a job what only it has told. */
  void forget(JobHead job) {
    ObjectVersion version = job.version();
    if (version == null) {
      return;
    }
    NewestVersion newest = newest(job.key(), version);
    if (newest != null && newest.job().equals(job.key())) {
      state.delete(Table.OBJECTS, key(job.key(), version));
    }
  }

  private @Nullable NewestVersion newest(JobKey job, ObjectVersion version) {
    return state.get(Table.OBJECTS, key(job, version));
  }

  private static String key(JobKey job, ObjectVersion version) {
    return job.tenant() + "/" + version.object();
  }
}
