package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.SortKey;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.Outcome;
import io.firesteel.job.Dependency;
import io.firesteel.job.JobKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who waits for whom. */
public final class DependencyGraph {

  /** A web of waiting jobs larger than this is not searched for a circle; it is refused. */
  static final int MAX_SEARCHED = 10_000;

  /** Begins the names of the sets of those who wait for a job. */
  public static final String DEPENDENTS_PREFIX = "d/";

  private final AdmissionStore store;

  public DependencyGraph(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Enters and strikes out what a job waits for. */
  public void update(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    Set<String> left = pendingIds(before);
    Set<String> entered = pendingIds(after);
    if (left.equals(entered)) {
      return;
    }
    if (before != null) {
      left.stream()
          .filter(id -> !entered.contains(id))
          .forEach(id -> removeDependent(before.key(), id));
    }
    if (after != null) {
      entered.stream()
          .filter(id -> !left.contains(id))
          .forEach(id -> addDependent(after.key(), id));
    }
  }

  /** Jobs that wait for this one. */
  public List<JobKey> dependents(JobKey job) {
    if (!hasDependents(job)) {
      return List.of();
    }
    return store.list(group(job.tenant(), job.id()), Integer.MAX_VALUE).stream()
        .map(id -> new JobKey(job.tenant(), id))
        .toList();
  }

  /** Whether nobody has heard of the job, or no more than that it should be cancelled. */
  public boolean unknown(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job == null || job.state() instanceof JobState.Precancelled;
  }

  /** How a job that is over bears on a wish; null while it is not over. */
  @Nullable
  public Boolean satisfied(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job != null && job.state() instanceof Ended(var outcome, _, _)
        ? satisfies(outcome, dependency.condition())
        : null;
  }

  /** Whether a job that ended so is what was waited for. */
  public static boolean satisfies(Outcome outcome, Dependency.Condition condition) {
    return switch (condition) {
      case COMPLETION -> true;
      case SUCCESS -> outcome == Outcome.SUCCEEDED;
      case FAILURE -> outcome != Outcome.SUCCEEDED && outcome != Outcome.CANCELLED;
    };
  }

  /** Whether a new job would, through others that wait, wait for itself. */
  public boolean formsCycle(JobKey job, List<Dependency> dependsOn) {
    if (dependsOn.stream().anyMatch(d -> d.jobId().equals(job.id()))) {
      return true;
    }
    return !dependsOn.isEmpty() && hasDependents(job) && reaches(job, dependsOn);
  }

  private boolean reaches(JobKey job, List<Dependency> dependsOn) {
    Set<String> seen = new HashSet<>();
    Deque<Dependency> open = new ArrayDeque<>(dependsOn);
    while (!open.isEmpty() && seen.size() < MAX_SEARCHED) {
      Dependency next = open.pop();
      if (next.jobId().equals(job.id())) {
        return true;
      }
      if (seen.add(next.jobId())) {
        pending(find(job.tenant(), next)).forEach(open::push);
      }
    }
    return !open.isEmpty();
  }

  private void addDependent(JobKey job, String awaited) {
    store.add(group(job.tenant(), awaited), job.id());
    addToCount(new JobKey(job.tenant(), awaited), 1);
  }

  private void removeDependent(JobKey job, String awaited) {
    store.remove(group(job.tenant(), awaited), job.id());
    addToCount(new JobKey(job.tenant(), awaited), -1);
  }

  private void addToCount(JobKey awaited, int more) {
    Long before = store.get(Table.DEPENDENT_COUNTS, awaited.toString());
    long now = (before == null ? 0 : before) + more;
    if (now == 0) {
      store.delete(Table.DEPENDENT_COUNTS, awaited.toString());
    } else {
      store.put(Table.DEPENDENT_COUNTS, awaited.toString(), now);
    }
  }

  private boolean hasDependents(JobKey job) {
    return store.get(Table.DEPENDENT_COUNTS, job.toString()) != null;
  }

  private @Nullable TrackedJob find(String tenant, Dependency dependency) {
    return store.get(Table.JOBS, tenant + "/" + dependency.jobId());
  }

  private static List<Dependency> pending(@Nullable TrackedJob job) {
    return job != null && job.state() instanceof Blocked(var on, _) ? on : List.of();
  }

  private static Set<String> pendingIds(@Nullable TrackedJob job) {
    return pending(job).stream()
        .map(Dependency::jobId)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String group(String tenant, String jobId) {
    return DEPENDENTS_PREFIX + tenant + "/" + SortKey.lengthPrefixed(jobId) + "/";
  }
}
