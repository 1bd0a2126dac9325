package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.PodView.ContainerTerminated;
import io.firesteel.inbox.ExecutorPod;
import io.firesteel.inbox.ExecutorPod.State;
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
 * @param pods those that run or are still there after their end, by uid; only for a job that asks
 *     for each
 * @param unreported those that came or went and were not told of yet, in this order
 */
record ExecutorPods(
    int attempt,
    Set<String> running,
    int total,
    Map<String, ExecutorPod> pods,
    List<ExecutorPod> unreported) {

  static final ExecutorPods NONE = counted(0, Set.of(), 0);

  /** A count and nothing more. */
  static ExecutorPods counted(int attempt, Set<String> running, int total) {
    return new ExecutorPods(attempt, running, total, Map.of(), List.of());
  }

  /**
   * After an executor pod was seen, or was seen to be gone.
   *
   * @param one whether it is to be told of itself
   */
  ExecutorPods withPod(PodView pod, boolean gone, boolean one) {
    ExecutorPods counted = withRunning(pod, gone);
    return one ? counted.withChange(pod, gone) : counted;
  }

  private ExecutorPods withRunning(PodView pod, boolean gone) {
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
    return new ExecutorPods(pod.attempt().number(), Set.copyOf(now), seen, pods, unreported);
  }

  private ExecutorPods withChange(PodView pod, boolean gone) {
    ExecutorPod before = pods.get(pod.uid());
    State state = state(pod, gone, before);
    boolean news = state != null && (before == null || state != before.state());
    boolean ended = before != null && before.state() != State.RUNNING;
    Map<String, ExecutorPod> now = new HashMap<>(pods);
    List<ExecutorPod> untold = new ArrayList<>(unreported);
    if (state != null && news && !ended) {
      ExecutorPod next = of(pod, state);
      now.put(pod.uid(), next);
      untold.add(next);
    }
    if (gone) {
      now.remove(pod.uid());
    }
    return new ExecutorPods(attempt, running, total, Map.copyOf(now), List.copyOf(untold));
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
    ContainerTerminated end = pod.container() == null ? null : pod.container().terminated();
    String reason = end == null || pod.reason() != null ? pod.reason() : end.reason();
    return new ExecutorPod(pod.name(), state, end == null ? null : end.exitCode(), reason);
  }

  /** Only those that a complete list of pods holds; of the others nobody saw the end. */
  ExecutorPods afterList(Set<String> uids) {
    if (uids.containsAll(running) && uids.containsAll(pods.keySet())) {
      return this;
    }
    Set<String> now = new HashSet<>(running);
    now.retainAll(uids);
    Map<String, ExecutorPod> left = new HashMap<>(pods);
    List<ExecutorPod> untold = new ArrayList<>(unreported);
    pods.forEach((uid, pod) -> {
      if (!uids.contains(uid)) {
        left.remove(uid);
        if (pod.state() == State.RUNNING) {
          untold.add(new ExecutorPod(pod.pod(), State.GONE, null, null));
        }
      }
    });
    return new ExecutorPods(attempt, Set.copyOf(now), total, Map.copyOf(left), List.copyOf(untold));
  }

  /** After all that changed was told. */
  ExecutorPods allReported() {
    return unreported.isEmpty() ? this : new ExecutorPods(attempt, running, total, pods, List.of());
  }
}
