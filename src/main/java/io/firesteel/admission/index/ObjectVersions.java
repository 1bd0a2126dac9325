package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobMetadata;
import io.firesteel.admission.state.NewestVersion;
import io.firesteel.admission.state.Table;
import io.firesteel.job.Job;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of each object for which a job was accepted, stored as long as that job.
 * Object stores send notifications late and out of order, and the content of an older version is
 * gone.
 */
public final class ObjectVersions {

  private final AdmissionStore store;

  public ObjectVersions(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Whether a job for a newer version was accepted earlier. */
  public boolean outdated(Job job) {
    return outdated(job.key(), job.version());
  }

  private boolean outdated(JobKey job, @Nullable ObjectVersion version) {
    NewestVersion newest = version == null ? null : newest(job, version);
    return version != null
        && newest != null
        && newest.sequencer().compareTo(version.sequencer()) > 0;
  }

  /** Stores the version of a job that was accepted. */
  public void record(JobKey job, @Nullable ObjectVersion version) {
    if (version != null && !outdated(job, version)) {
      store.put(
          Table.OBJECT_VERSIONS, key(job, version), new NewestVersion(version.sequencer(), job));
    }
  }

  /** Deletes the newest version if it is the forgotten job's. */
  public void forget(JobMetadata job) {
    ObjectVersion version = job.version();
    if (version == null) {
      return;
    }
    NewestVersion newest = newest(job.key(), version);
    if (newest != null && newest.job().equals(job.key())) {
      store.delete(Table.OBJECT_VERSIONS, key(job.key(), version));
    }
  }

  private @Nullable NewestVersion newest(JobKey job, ObjectVersion version) {
    return store.get(Table.OBJECT_VERSIONS, key(job, version));
  }

  private static String key(JobKey job, ObjectVersion version) {
    return job.tenant() + "/" + version.object();
  }
}
