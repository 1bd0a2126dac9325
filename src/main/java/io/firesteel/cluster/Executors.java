package io.firesteel.cluster;

import io.firesteel.cluster.PodView.Terminated;
import io.firesteel.job.ExecutorPod;
import io.firesteel.job.ExecutorPod.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The executor pods of one attempt.
 *
 * @param running the uids of those that run now
 * @param total how many were seen running in all
 * @param each those that run or are still there after their end, by uid; only for a job that asks
 *     for each
 * @param changed those that came or went and were not told of yet, in this order
 */
record Executors(
    int attempt,
    Set<String> running,
    int total,
    Map<String, ExecutorPod> each,
    List<ExecutorPod> changed) {

  static final Executors NONE = counted(0, Set.of(), 0);

  /** A count and nothing more. */
  static Executors counted(int attempt, Set<String> running, int total) {
    return new Executors(attempt, running, total, Map.of(), List.of());
  }

  /**
   * After an executor pod was seen, or was seen to be gone.
   *
   * @param one whether it is to be told of itself
   */
  Executors seeing(PodView pod, boolean gone, boolean one) {
    Executors counted = counting(pod, gone);
    return one ? counted.noting(pod, gone) : counted;
  }

  private Executors counting(PodView pod, boolean gone) {
    boolean runs = !gone && pod.phase().equals("Running");
    if (runs == running.contains(pod.uid())) {
      return this;
    }
    Set<String> now = new HashSet<>(running);
    if (runs) {
      now.add(pod.uid());
    } else {
      now.remove(pod.uid());
    }
    int seen = runs ? total + 1 : total;
    return new Executors(pod.attempt().number(), Set.copyOf(now), seen, each, changed);
  }

  private Executors noting(PodView pod, boolean gone) {
    ExecutorPod before = each.get(pod.uid());
    State state = state(pod, gone, before);
    boolean news = state != null && (before == null || state != before.state());
    boolean ended = before != null && before.state() != State.RUNNING;
    Map<String, ExecutorPod> now = new HashMap<>(each);
    List<ExecutorPod> untold = new ArrayList<>(changed);
    if (state != null && news && !ended) {
      ExecutorPod next = of(pod, state);
      now.put(pod.uid(), next);
      untold.add(next);
    }
    if (gone) {
      now.remove(pod.uid());
    }
    return new Executors(attempt, running, total, Map.copyOf(now), List.copyOf(untold));
  }

  /** Null for one that has not run and is not over. */
  private static @Nullable State state(PodView pod, boolean gone, @Nullable ExecutorPod before) {
    return switch (pod.phase()) {
      case "Succeeded" -> State.SUCCEEDED;
      case "Failed" -> pod.deleting() ? State.GONE : State.FAILED;
      case "Running" -> gone ? State.GONE : State.RUNNING;
      default -> gone && before != null ? State.GONE : null;
    };
  }

  private static ExecutorPod of(PodView pod, State state) {
    Terminated end = pod.container() == null ? null : pod.container().terminated();
    String reason = end == null || pod.reason() != null ? pod.reason() : end.reason();
    return new ExecutorPod(pod.name(), state, end == null ? null : end.exitCode(), reason);
  }

  /** Only those that a complete list of pods holds; of the others nobody saw the end. */
  Executors among(Set<String> uids) {
    if (uids.containsAll(running) && uids.containsAll(each.keySet())) {
      return this;
    }
    Set<String> now = new HashSet<>(running);
    now.retainAll(uids);
    Map<String, ExecutorPod> left = new HashMap<>(each);
    List<ExecutorPod> untold = new ArrayList<>(changed);
    each.forEach((uid, pod) -> {
      if (!uids.contains(uid)) {
        left.remove(uid);
        if (pod.state() == State.RUNNING) {
          untold.add(new ExecutorPod(pod.pod(), State.GONE, null, null));
        }
      }
    });
    return new Executors(attempt, Set.copyOf(now), total, Map.copyOf(left), List.copyOf(untold));
  }

  /** After all that changed was told. */
  Executors told() {
    return changed.isEmpty() ? this : new Executors(attempt, running, total, each, List.of());
  }
}
