package io.firesteel.cluster.controller;

import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** When to reconcile jobs again: the earliest time of each job counts. For one thread. */
final class RequeueTimers {

  private record Timer(Instant at, JobKey job) {}

  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));
  private final Map<JobKey, Instant> earliest = new HashMap<>();

  void schedule(JobKey job, Instant at) {
    Instant known = earliest.get(job);
    if (known == null || at.isBefore(known)) {
      earliest.put(job, at);
      timers.add(new Timer(at, job));
    }
  }

  Optional<Instant> next() {
    return Optional.ofNullable(timers.peek()).map(Timer::at);
  }

  /** Removes the timers that are due, and returns their jobs. */
  List<JobKey> removeDue(Instant now) {
    List<JobKey> due = new ArrayList<>();
    for (Timer timer = timers.peek();
        timer != null && !timer.at().isAfter(now);
        timer = timers.peek()) {
      timers.remove();
      if (earliest.remove(timer.job(), timer.at())) {
        due.add(timer.job());
      }
    }
    return due;
  }
}
