package io.firesteel.bench.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The faults that are still to be injected, and a count of what was done. Thread-safe. */
final class FaultSchedule {

  /** What can happen. */
  enum Fault {
    KILL,
    FREEZE,
    STOP,
    BROKER_RESTART,
    DEFINITION_CHANGE,
    /** A worker exited or failed its liveness probe, and was restarted as Kubernetes would. */
    LIVENESS_RESTART
  }

  private final Deque<Fault> pending = new ArrayDeque<>();
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final int planned;

  FaultSchedule(ChaosPlan plan) {
    List<Fault> workerFaults = new ArrayList<>();
    workerFaults.addAll(Collections.nCopies(plan.kills(), Fault.KILL));
    workerFaults.addAll(Collections.nCopies(plan.freezes(), Fault.FREEZE));
    workerFaults.addAll(Collections.nCopies(plan.stops(), Fault.STOP));
    Collections.shuffle(workerFaults, new Random(plan.seed()));
    pending.addAll(workerFaults);
    planned = workerFaults.size();
  }

  /** The next fault of a worker; empty when all are taken. */
  synchronized Optional<Fault> next() {
    return Optional.ofNullable(pending.poll());
  }

  /** Counts something that was done. */
  synchronized void done(Fault fault) {
    done.merge(fault, 1, Integer::sum);
  }

  synchronized int count(Fault fault) {
    return done.getOrDefault(fault, 0);
  }

  /** The share of the workers' faults that were injected, from 0 to 1. */
  double progress() {
    return (double) (count(Fault.KILL) + count(Fault.FREEZE) + count(Fault.STOP)) / planned;
  }
}
