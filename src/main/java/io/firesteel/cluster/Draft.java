package io.firesteel.cluster;

import io.firesteel.cluster.Track.Told;
import io.firesteel.driver.DriverNames;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.ExecutorPod;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Reconciliation.Step} in the making: every report goes out once and is noted in the
 * track. One thread.
 */
final class Draft {

  /** Executor pods in one report. */
  static final int PORTION = 500;

  final Instant now;
  private final List<Effect> effects = new ArrayList<>();
  private Track track;
  private @Nullable Instant wakeAt;

  Draft(Track track, Instant now) {
    this.track = track;
    this.now = now;
  }

  Track track() {
    return track;
  }

  Reconciliation.Step step() {
    return new Reconciliation.Step(track, List.copyOf(effects), wakeAt);
  }

  void wakeAt(Instant at) {
    if (wakeAt == null || at.isBefore(wakeAt)) {
      wakeAt = at;
    }
  }

  void call(Effect.@Nullable Call call) {
    if (call != null) {
      effects.add(call);
      track = track.with(track.effort().started());
    }
  }

  void fail(Failure why) {
    track = track.failing(why);
  }

  /** Keeps the spec only as long as objects of the driver may have to be made from it. */
  void dropWhatIsNotNeeded() {
    DesiredDriver desired = track.desired();
    if (desired == null) {
      return;
    }
    PodView pod = track.pod();
    boolean complete = track.effort().isComplete(desired.attempt());
    boolean started = pod != null && !(Verdict.of(pod, now) instanceof Verdict.Pending);
    if (complete || started || track.told().finished()) {
      track = track.slim();
    }
  }

  void tellCreated(DesiredDriver desired, PodView pod) {
    if (pod.uid().equals(track.told().uid())) {
      return;
    }
    Attempt attempt = desired.attempt();
    String applicationId = DriverNames.of(attempt).applicationId();
    tell(
        desired,
        new Observation.Created(
            attempt, pod.created(), pod.namespace(), pod.name(), pod.uid(), applicationId),
        Told.of(pod.uid()));
  }

  void tellPending(DesiredDriver desired, Verdict.Pending pending) {
    Told told = track.told();
    if (told.waitingSince() == null || told.patience() != pending.patience()) {
      Instant since = pending.since() == null ? now : pending.since();
      track = track.with(told.waiting(pending.patience(), since));
    }
    boolean again =
        "ImagePullBackOff".equals(told.stage()) && pending.reason().equals("ErrImagePull");
    if (!again && !pending.reason().equals(told.stage())) {
      tell(
          desired,
          new Observation.Pending(desired.attempt(), now, pending.reason(), pending.message()),
          track.told().stage(pending.reason()));
    }
  }

  void tellStarted(DesiredDriver desired, Instant since, @Nullable String node) {
    if (!Reconciliation.STARTED.equals(track.told().stage())) {
      tell(
          desired,
          new Observation.Started(desired.attempt(), since, node),
          track.told().stage(Reconciliation.STARTED));
    }
  }

  void tellExecutors(DesiredDriver desired) {
    Executors executors = track.executors();
    int running = executors.running().size();
    if (running != track.told().executors() || !executors.changed().isEmpty()) {
      // A count that was told before is news only when it is younger.
      Instant at = now;
      for (List<ExecutorPod> some : portions(executors.changed())) {
        tell(
            desired,
            new Observation.Executors(desired.attempt(), at, running, executors.total(), some),
            track.told().executors(running));
        at = at.plus(1, ChronoUnit.MICROS);
      }
      track = track.with(executors.told());
    }
  }

  /** So many that each portion fits a record; at least one, which may be empty. */
  private static List<List<ExecutorPod>> portions(List<ExecutorPod> all) {
    return IntStream.rangeClosed(0, Math.max(0, all.size() - 1) / PORTION)
        .mapToObj(i -> all.subList(i * PORTION, Math.min(all.size(), (i + 1) * PORTION)))
        .toList();
  }

  void tellFinished(DesiredDriver desired, Instant at, @Nullable Failure failure) {
    tellEnd(desired, new Observation.Finished(desired.attempt(), at, failure));
  }

  void tellRejected(DesiredDriver desired, Failure why) {
    tellEnd(desired, new Observation.Rejected(desired.attempt(), now, why));
  }

  void tellGone(DesiredDriver desired) {
    Failure failure = track.failed() == null ? lost(desired) : track.failed();
    Evidence evidence = track.evidence() == null ? Evidence.NONE : track.evidence();
    Failure explained = Failures.explained(failure, null, evidence);
    tellEnd(desired, new Observation.Gone(desired.attempt(), now, explained));
  }

  private static Failure lost(DesiredDriver desired) {
    return Failure.of(
        FailureCategory.INFRASTRUCTURE,
        "DriverLost",
        "Driver pod %s/%s does not exist any more; it was deleted or its node is gone"
            .formatted(desired.placement().namespace(), DriverNames.of(desired.attempt()).pod()));
  }

  private void tellEnd(DesiredDriver desired, Observation end) {
    tell(desired, end, track.told().stage(Reconciliation.FINISHED));
  }

  private void tell(DesiredDriver desired, Observation observation, Told told) {
    effects.add(new Effect.Report(desired.cohort(), observation));
    track = track.with(told);
  }
}
