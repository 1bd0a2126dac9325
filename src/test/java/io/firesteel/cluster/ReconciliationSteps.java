package io.firesteel.cluster;

import static io.firesteel.cluster.Pods.FIRST;
import static io.firesteel.cluster.Pods.NOON;
import static io.firesteel.cluster.Pods.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Delete;
import io.firesteel.cluster.Effect.Investigate;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Report;
import io.firesteel.inbox.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One attempt, moved step by step by hand, and what is told of it. */
abstract class ReconciliationSteps {

  static final Duration KEEP = Duration.ofHours(1);
  static final Duration GIVE_UP = Duration.ofMinutes(2);
  static final Duration ROOM = Duration.ofMinutes(15);
  static final Limits LIMITS = new Limits(KEEP, null, GIVE_UP, ROOM, Duration.ofMinutes(2), true);
  static final Investigate INQUEST =
      new Investigate(FIRST, "acme-jobs", Pods.name(), "uid-1", true);
  static final Investigate QUESTIONS =
      new Investigate(FIRST, "acme-jobs", Pods.name(), "uid-1", false);
  static final Delete DELETE = new Delete("acme-jobs", Pods.name(), "uid-1", false);

  final Reconciliation reconciliation = new Reconciliation(LIMITS);
  final List<Observation> told = new ArrayList<>();
  Track track = Track.EMPTY.wanting(wanted(FIRST));
  Instant now = NOON;

  void created() {
    calls();
    answer(new Create(wanted(FIRST)), new Outcome.Done(Pods.pending(1)));
    calls();
  }

  List<Effect.Call> calls() {
    Reconciliation.Step step = reconciliation.step(track, now);
    track = step.track();
    List<Effect.Call> calls = new ArrayList<>();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Report(String cohort, Observation observation) -> told.add(observation);
        case Effect.Call call -> calls.add(call);
      }
    }
    return calls;
  }

  void answer(Effect.Call call, Outcome outcome) {
    track = Aftermath.of(FIRST.job(), track, call, outcome, now);
  }

  <T extends Observation> T lastTold(Class<T> type) {
    assertThat(told).last().isInstanceOf(type);
    return type.cast(told.getLast());
  }
}
