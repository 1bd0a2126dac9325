package io.firesteel.cluster;

import java.util.HashSet;
import java.util.Set;

/** The executor pods of one attempt: which run now, and how many were seen running in all. */
record Executors(int attempt, Set<String> running, int total) {

  static final Executors NONE = new Executors(0, Set.of(), 0);

  /** After an executor pod was seen, or was seen to be gone. */
  Executors seeing(PodView pod, boolean gone) {
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
    return new Executors(pod.attempt().number(), Set.copyOf(now), runs ? total + 1 : total);
  }

  /** Only those that a complete list of pods holds. */
  Executors among(Set<String> uids) {
    if (uids.containsAll(running)) {
      return this;
    }
    Set<String> now = new HashSet<>(running);
    now.retainAll(uids);
    return new Executors(attempt, Set.copyOf(now), total);
  }
}
