package io.firesteel.admission.index;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.KeyLayout;
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

/** Which jobs depend on which. */
public final class DependencyGraph {

  /** The search for a cycle visits at most this many jobs, then reports one. */
  public static final int MAX_SEARCHED = 10_000;

  private final AdmissionStore store;

  public DependencyGraph(AdmissionStore admissionStore) {
    this.store = admissionStore;
  }

  /** Records which jobs a blocked job still waits for. */
  public void update(@Nullable TrackedJob before, TrackedJob after) {
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
    entered.stream().filter(id -> !left.contains(id)).forEach(id -> addDependent(after.key(), id));
  }

  /** The first jobs that depend on this one. */
  public List<JobKey> dependents(JobKey job, int limit) {
    if (!hasDependents(job)) {
      return List.of();
    }
    return store.list(KeyLayout.dependents(job), limit).stream()
        .map(id -> new JobKey(job.tenant(), id))
        .toList();
  }

  /** Whether the job was never submitted. It may have been cancelled in advance. */
  public boolean unknown(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job == null || job.state() instanceof JobState.Precancelled;
  }

  /** How the job ended; null while it has not. */
  @Nullable
  public Outcome outcome(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job != null && job.state() instanceof Ended(var outcome, _, _, _) ? outcome : null;
  }

  /** Whether a job with this outcome fulfils the condition. */
  public static boolean satisfies(Outcome outcome, Dependency.Condition condition) {
    return switch (condition) {
      case COMPLETION -> true;
      case SUCCESS -> outcome == Outcome.SUCCEEDED;
      case FAILURE -> outcome != Outcome.SUCCEEDED && outcome != Outcome.CANCELLED;
    };
  }

  /** Whether a new job would depend on itself, directly or through waiting jobs. */
  public boolean formsCycle(JobKey job, List<Dependency> dependsOn) {
    if (dependsOn.stream().anyMatch(d -> d.jobId().equals(job.id()))) {
      return true;
    }
    return !dependsOn.isEmpty() && hasDependents(job) && reaches(job, dependsOn);
  }

  private boolean reaches(JobKey job, List<Dependency> dependsOn) {
    Set<String> visited = new HashSet<>();
    Deque<Dependency> open = new ArrayDeque<>(dependsOn);
    while (!open.isEmpty() && visited.size() < MAX_SEARCHED) {
      Dependency next = open.pop();
      if (next.jobId().equals(job.id())) {
        return true;
      }
      if (visited.add(next.jobId())) {
        pending(find(job.tenant(), next)).forEach(open::push);
      }
    }
    return !open.isEmpty();
  }

  private void addDependent(JobKey job, String awaited) {
    JobKey dependency = new JobKey(job.tenant(), awaited);
    store.add(KeyLayout.dependents(dependency), job.id());
    addToCount(dependency, 1);
  }

  /** Removes a job from those that depend on another one of its tenant. */
  public void removeDependent(JobKey job, String awaited) {
    JobKey dependency = new JobKey(job.tenant(), awaited);
    store.remove(KeyLayout.dependents(dependency), job.id());
    addToCount(dependency, -1);
  }

  private void addToCount(JobKey awaited, int more) {
    Long before = store.get(Table.DEPENDENT_COUNTS, awaited.toString());
    long now = (before == null ? 0 : before) + more;
    if (now <= 0) {
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
}
