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

/** The executor pods of one attempt. */
record ExecutorPods(ExecutorCount count, ExecutorChanges changes) {

  static final ExecutorPods NONE =
      new ExecutorPods(new ExecutorCount(Set.of(), 0), ExecutorChanges.NONE);

  /**
   * How many executors the attempt has.
   *
   * @param runningUids the uids of those that run now
   * @param total how many were observed running so far
   */
  record ExecutorCount(Set<String> runningUids, int total) {

    ExecutorCount update(PodView pod, boolean deleted) {
      boolean runs = !deleted && pod.phase().equals("Running");
      if (runs == runningUids.contains(pod.uid())) {
        return this;
      }
      Set<String> running = new HashSet<>(runningUids);
      if (runs) {
        running.add(pod.uid());
      } else {
        running.remove(pod.uid());
      }
      return new ExecutorCount(Set.copyOf(running), runs ? total + 1 : total);
    }

    ExecutorCount afterList(Set<String> uids) {
      Set<String> running = new HashSet<>(runningUids);
      running.retainAll(uids);
      return new ExecutorCount(Set.copyOf(running), total);
    }
  }

  /**
   * Executors that are reported one by one; empty unless the job asks for that.
   *
   * @param pods the executor pods that are running, or that have ended but still exist, by uid
   * @param unreported the changes that were not reported yet, in order
   */
  record ExecutorChanges(Map<String, ExecutorPod> pods, List<ExecutorPod> unreported) {

    static final ExecutorChanges NONE = new ExecutorChanges(Map.of(), List.of());

    ExecutorChanges update(PodView pod, boolean deleted) {
      ExecutorPod before = pods.get(pod.uid());
      State state = state(pod, deleted, before);
      boolean changed = state != null && (before == null || state != before.state());
      boolean ended = before != null && before.state() != State.RUNNING;
      Map<String, ExecutorPod> left = new HashMap<>(pods);
      List<ExecutorPod> pending = new ArrayList<>(unreported);
      if (state != null && changed && !ended) {
        ExecutorPod next = executorPod(pod, state);
        left.put(pod.uid(), next);
        pending.add(next);
      }
      if (deleted) {
        left.remove(pod.uid());
      }
      return new ExecutorChanges(Map.copyOf(left), List.copyOf(pending));
    }

    ExecutorChanges afterList(Set<String> uids) {
      Map<String, ExecutorPod> left = new HashMap<>(pods);
      List<ExecutorPod> pending = new ArrayList<>(unreported);
      pods.forEach((uid, pod) -> {
        if (!uids.contains(uid)) {
          left.remove(uid);
          if (pod.state() == State.RUNNING) {
            pending.add(new ExecutorPod(pod.pod(), State.GONE, null, null));
          }
        }
      });
      return new ExecutorChanges(Map.copyOf(left), List.copyOf(pending));
    }
  }

  /**
   * Applies a view of an executor pod.
   *
   * @param deleted whether the pod was deleted; the view is its last
   * @param individually whether the job asks for a report on each executor
   */
  ExecutorPods withPod(PodView pod, boolean deleted, boolean individually) {
    return new ExecutorPods(
        count.update(pod, deleted), individually ? changes.update(pod, deleted) : changes);
  }

  /** Null for one that has neither run nor ended. */
  private static @Nullable State state(PodView pod, boolean deleted, @Nullable ExecutorPod before) {
    return switch (pod.phase()) {
      case "Succeeded" -> State.SUCCEEDED;
      case "Failed" -> pod.deleting() ? State.GONE : State.FAILED;
      case "Running" -> deleted ? State.GONE : State.RUNNING;
      default -> deleted && before != null ? State.GONE : null;
    };
  }

  private static ExecutorPod executorPod(PodView pod, State state) {
    ContainerTerminated end = pod.container() == null ? null : pod.container().terminated();
    String reason = end == null || pod.reason() != null ? pod.reason() : end.reason();
    return new ExecutorPod(pod.name(), state, end == null ? null : end.exitCode(), reason);
  }

  /** Applies a complete list of pods; executors missing from it ended unobserved. */
  ExecutorPods afterList(Set<String> uids) {
    return uids.containsAll(count.runningUids()) && uids.containsAll(changes.pods().keySet())
        ? this
        : new ExecutorPods(count.afterList(uids), changes.afterList(uids));
  }

  ExecutorPods allReported() {
    return changes.unreported().isEmpty()
        ? this
        : new ExecutorPods(count, new ExecutorChanges(changes.pods(), List.of()));
  }
}
