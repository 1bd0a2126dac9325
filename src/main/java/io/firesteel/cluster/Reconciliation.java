package io.firesteel.cluster;

import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard does next about one job: a pure function of what it knows and the time. Calling it
 * again without news gives nothing new.
 */
final class Reconciliation {

  static final String STARTED = "Started";
  static final String FINISHED = "Finished";

  /** Live reads that must find nothing before a driver is called lost. */
  static final int LOOKS = 2;

  private final Limits limits;
  private final NextCall nextCall;

  Reconciliation(Limits limits) {
    this.limits = limits;
    this.nextCall = new NextCall(limits);
  }

  /**
   * What to do.
   *
   * @param effects in this order
   * @param wakeAt when to look again even if nothing happens
   */
  record Step(Track track, List<Effect> effects, @Nullable Instant wakeAt) {}

  /** What follows from the track. */
  Step step(Track track, Instant now) {
    Draft draft = new Draft(track, now);
    DesiredDriver desired = track.desired();
    PodView pod = track.pod();
    if (desired != null && pod != null && !track.told().finished()) {
      tellWhatIsSeen(draft, desired, pod);
    }
    if (mayCall(draft)) {
      draft.call(nextCall.of(draft));
    }
    draft.dropWhatIsNotNeeded();
    return draft.step();
  }

  private static boolean mayCall(Draft draft) {
    Track.Effort effort = draft.track().effort();
    Instant notBefore = effort.notBefore();
    if (notBefore != null && notBefore.isAfter(draft.now)) {
      draft.wakeAt(notBefore);
      return false;
    }
    return !effort.underWay();
  }

  private void tellWhatIsSeen(Draft draft, DesiredDriver desired, PodView pod) {
    draft.tellCreated(desired, pod);
    draft.tellExecutors(desired);
    switch (Verdict.of(pod, draft.now)) {
      case Verdict.Pending pending -> draft.tellPending(desired, pending);
      case Verdict.Running running -> draft.tellStarted(desired, running.since(), pod.node());
      case Verdict.Ended ended -> tellEnded(draft, desired, pod, ended);
    }
  }

  private void tellEnded(Draft draft, DesiredDriver desired, PodView pod, Verdict.Ended ended) {
    if (ended.failure() == null) {
      draft.tellFinished(desired, ended.at(), null);
      return;
    }
    // A pod that was given up and deleted for it ends without a word; the reason is known already.
    Failure known = draft.track().failed();
    Failure failure = known == null ? ended.failure() : known;
    Evidence evidence = draft.track().evidence();
    if (evidence != null || !limits.investigate()) {
      Evidence found = evidence == null ? Evidence.NONE : evidence;
      Failure explained = Failures.explained(failure, pod.exitException(), found);
      draft.tellFinished(desired, ended.at(), explained);
    }
  }

  /** Whether an object that no pod owns belongs to nothing that lives. */
  static boolean isLeftover(Track track, Attempt attempt) {
    DesiredDriver desired = track.desired();
    boolean wanted = desired != null && !attempt.isBefore(desired.attempt());
    return !wanted && track.pods().values().stream().noneMatch(p -> p.attempt().equals(attempt));
  }
}
