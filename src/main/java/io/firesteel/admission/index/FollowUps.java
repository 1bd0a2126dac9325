package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.KeyLayout;
import io.firesteel.job.JobKey;
import java.util.List;

/**
 * What decisions left undone because they would have become too long: the next tick continues it.
 */
public final class FollowUps {

  private final AdmissionStore store;

  public FollowUps(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Jobs of the cohort can start. */
  public void addCohort(String cohort) {
    store.add(KeyLayout.unfinishedCohorts(), cohort);
  }

  /** Jobs still wait for this one, which has ended. */
  public void addEnded(JobKey job) {
    store.add(KeyLayout.unfinishedEnds(), job.toString());
  }

  /** Removes and returns cohorts whose jobs can start. */
  public List<String> takeCohorts(int limit) {
    return take(KeyLayout.unfinishedCohorts(), limit);
  }

  /** Removes and returns ended jobs for which others still wait. */
  public List<JobKey> takeEnded(int limit) {
    return take(KeyLayout.unfinishedEnds(), limit).stream().map(JobKey::parse).toList();
  }

  private List<String> take(String group, int limit) {
    if (store.first(group) == null) {
      return List.of();
    }
    List<String> taken = store.list(group, limit);
    taken.forEach(member -> store.remove(group, member));
    return taken;
  }
}
