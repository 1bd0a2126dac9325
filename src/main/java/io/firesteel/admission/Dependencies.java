package io.firesteel.admission;

import io.firesteel.admission.JobState.Blocked;
import io.firesteel.admission.JobState.Ended;
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
final class Dependencies {

  /** A web of waiting jobs larger than this is not searched for a circle; it is refused. */
  static final int LARGEST_WEB = 10_000;

  /** Begins the names of the sets of those who wait for a job. */
  static final String SETS = "d/";

  private final State state;

  Dependencies(State state) {
    this.state = state;
  }

  /** Enters and strikes out what a job waits for. */
  void follow(@Nullable TrackedJob before, @Nullable TrackedJob after) {
    Set<String> left = pendingIds(before);
    Set<String> entered = pendingIds(after);
    if (left.equals(entered)) {
      return;
    }
    if (before != null) {
      left.stream().filter(id -> !entered.contains(id)).forEach(id -> strike(before.key(), id));
    }
    if (after != null) {
      entered.stream().filter(id -> !left.contains(id)).forEach(id -> enter(after.key(), id));
    }
  }

  /** Jobs that wait for this one. */
  List<JobKey> dependents(JobKey job) {
    if (!awaited(job)) {
      return List.of();
    }
    return state.list(group(job.tenant(), job.id()), Integer.MAX_VALUE).stream()
        .map(id -> new JobKey(job.tenant(), id))
        .toList();
  }

  /** Whether nobody has heard of the job, or no more than that it should be cancelled. */
  boolean unknown(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job == null || job.state() instanceof JobState.Foretold;
  }

  /** How a job that is over bears on a wish; null while it is not over. */
  @Nullable Boolean fulfilled(String tenant, Dependency dependency) {
    TrackedJob job = find(tenant, dependency);
    return job != null && job.state() instanceof Ended(var outcome, _, _)
        ? fulfils(outcome, dependency.condition())
        : null;
  }

  /** Whether a job that ended so is what was waited for. */
  static boolean fulfils(Outcome outcome, Dependency.Condition condition) {
    return switch (condition) {
      case COMPLETION -> true;
      case SUCCESS -> outcome == Outcome.SUCCEEDED;
      case FAILURE -> outcome != Outcome.SUCCEEDED && outcome != Outcome.CANCELLED;
    };
  }

  /** Whether a new job would, through others that wait, wait for itself. */
  boolean circular(JobKey job, List<Dependency> dependsOn) {
    if (dependsOn.stream().anyMatch(d -> d.jobId().equals(job.id()))) {
      return true;
    }
    return !dependsOn.isEmpty() && awaited(job) && reaches(job, dependsOn);
  }

  private boolean reaches(JobKey job, List<Dependency> dependsOn) {
    Set<String> seen = new HashSet<>();
    Deque<Dependency> open = new ArrayDeque<>(dependsOn);
    while (!open.isEmpty() && seen.size() < LARGEST_WEB) {
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

  private void enter(JobKey job, String awaited) {
    state.add(group(job.tenant(), awaited), job.id());
    count(new JobKey(job.tenant(), awaited), 1);
  }

  private void strike(JobKey job, String awaited) {
    state.remove(group(job.tenant(), awaited), job.id());
    count(new JobKey(job.tenant(), awaited), -1);
  }

  private void count(JobKey awaited, int more) {
    Long before = state.get(Table.AWAITED, awaited.toString());
    long now = (before == null ? 0 : before) + more;
    if (now == 0) {
      state.delete(Table.AWAITED, awaited.toString());
    } else {
      state.put(Table.AWAITED, awaited.toString(), now);
    }
  }

  private boolean awaited(JobKey job) {
    return state.get(Table.AWAITED, job.toString()) != null;
  }

  private @Nullable TrackedJob find(String tenant, Dependency dependency) {
    return state.get(Table.JOBS, tenant + "/" + dependency.jobId());
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
    return SETS + tenant + "/" + Order.name(jobId) + "/";
  }
}
