package io.firesteel.cluster;

import io.firesteel.cluster.Verdict.Pending;
import io.firesteel.driver.DriverNames;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one call to the API server that a job needs most. Pure. */
final class NextCall {

  private static final Duration SIDECARS_MAY_TAKE = Duration.ofSeconds(30);

  private final Limits limits;

  NextCall(Limits limits) {
    this.limits = limits;
  }

  Effect.@Nullable Call of(Draft draft) {
    PodView intruder = draft.track().intruder();
    if (intruder != null && !intruder.deleting()) {
      return delete(intruder);
    }
    DesiredDriver desired = draft.track().desired();
    if (desired != null && !draft.track().told().finished()) {
      PodView pod = draft.track().pod();
      Effect.Call call = pod == null ? forMissing(draft, desired) : forPresent(draft, desired, pod);
      if (call != null) {
        return call;
      }
    }
    return removal(draft);
  }

  private Effect.@Nullable Call forMissing(Draft draft, DesiredDriver desired) {
    Track track = draft.track();
    boolean existed = track.podUid() != null || track.effort().isComplete(desired.attempt());
    Failure failed = track.failed();
    if (!existed && failed != null) {
      draft.tellRejected(desired, failed);
      return null;
    }
    if (!existed && !desired.stop()) {
      return new Effect.Create(desired);
    }
    String name = DriverNames.of(desired.attempt()).pod();
    String namespace = desired.placement().namespace();
    if (track.effort().missing() < Reconciliation.LOOKS) {
      return new Effect.LookUp(namespace, name);
    }
    boolean unexplained = limits.investigate() && track.evidence() == null && !desired.stop();
    if (unexplained) {
      return new Effect.Investigate(desired.attempt(), namespace, name, track.podUid(), false);
    }
    draft.tellGone(desired);
    return null;
  }

  private Effect.@Nullable Call forPresent(Draft draft, DesiredDriver desired, PodView pod) {
    Verdict verdict = Verdict.of(pod, draft.now);
    if (verdict instanceof Verdict.Ended) {
      return investigate(desired.attempt(), pod, true);
    }
    if (pod.deleting()) {
      return force(draft, pod);
    }
    if (desired.stop() || draft.track().failed() != null) {
      return delete(pod);
    }
    if (!(verdict instanceof Pending pending)) {
      return null;
    }
    if (patienceIsOver(draft, pending)) {
      return giveUp(draft, desired, pod, pending);
    }
    boolean complete = draft.track().effort().isComplete(desired.attempt());
    return complete ? null : new Effect.Create(desired);
  }

  private boolean patienceIsOver(Draft draft, Pending pending) {
    Instant since = draft.track().told().waitingSince();
    Duration within =
        switch (pending.patience()) {
          case ENDLESS -> null;
          case ROOM -> limits.roomWithin();
          case MENDING -> limits.mendingWithin();
        };
    if (since == null || within == null) {
      return false;
    }
    Instant end = since.plus(within);
    if (end.isAfter(draft.now)) {
      draft.wakeAt(end);
      return false;
    }
    return true;
  }

  private Effect.Call giveUp(Draft draft, DesiredDriver desired, PodView pod, Pending pending) {
    if (limits.investigate() && draft.track().evidence() == null) {
      return investigate(desired.attempt(), pod, false);
    }
    draft.fail(Failures.ofWaiting(pending));
    return delete(pod);
  }

  /** Pods that no desired driver speaks for: at once while they run, later when they ended. */
  private Effect.@Nullable Call removal(Draft draft) {
    PodView spokenFor = draft.track().pod();
    for (PodView pod : draft.track().pods().values()) {
      boolean open = !draft.track().told().finished();
      Effect.Call call =
          pod.equals(spokenFor) && open
              ? null
              : pod.deleting() ? force(draft, pod) : removalOf(draft, pod, spokenFor);
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  private Effect.@Nullable Call removalOf(Draft draft, PodView pod, @Nullable PodView spokenFor) {
    if (pod.equals(spokenFor)) {
      return null;
    }
    Instant due = removalDue(pod, draft.now);
    if (due.isAfter(draft.now)) {
      draft.wakeAt(due);
      return null;
    }
    return delete(pod);
  }

  private Instant removalDue(PodView pod, Instant now) {
    if (pod.terminal()) {
      return pod.endedAt().plus(limits.keep(pod));
    }
    boolean ended = Verdict.of(pod, now) instanceof Verdict.Ended;
    return ended ? pod.endedAt().plus(SIDECARS_MAY_TAKE) : now;
  }

  /** Once its grace is over for long, its node does not answer any more. */
  private Effect.@Nullable Call force(Draft draft, PodView pod) {
    Instant graceEnds = pod.deletionDue() == null ? draft.now : pod.deletionDue();
    Instant due = graceEnds.plus(limits.forceAfter());
    if (due.isAfter(draft.now)) {
      draft.wakeAt(due);
      return null;
    }
    return new Effect.Delete(pod.namespace(), pod.name(), pod.uid(), true);
  }

  private static Effect.Call investigate(Attempt attempt, PodView pod, boolean log) {
    return new Effect.Investigate(attempt, pod.namespace(), pod.name(), pod.uid(), log);
  }

  private static Effect.Call delete(PodView pod) {
    return new Effect.Delete(pod.namespace(), pod.name(), pod.uid(), false);
  }
}
