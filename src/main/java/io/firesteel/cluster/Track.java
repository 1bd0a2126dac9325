package io.firesteel.cluster;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shard knows of one job. Immutable; {@link Reconciliation} says what follows from it.
 *
 * @param desired what admission wants; null when the job is over or unknown
 * @param pods the driver pods that exist, by uid
 * @param vanished the uid of the last driver pod that was seen to be gone, but for intruders
 * @param executors its executor pods
 * @param told what the inbox was told last
 * @param effort calls to the API server
 * @param failed why the current attempt is over, when its pod does not say so itself
 * @param evidence what was found out about its failure, once it was looked for
 */
record Track(
    @Nullable DesiredDriver desired,
    Map<String, PodView> pods,
    @Nullable String vanished,
    Executors executors,
    Told told,
    Effort effort,
    @Nullable Failure failed,
    @Nullable Evidence evidence) {

  static final Track EMPTY =
      new Track(null, Map.of(), null, Executors.NONE, Told.NOTHING, Effort.NONE, null, null);

  /**
   * What the inbox was told about an attempt.
   *
   * @param stage the last pending reason, {@code Started} or {@code Finished}
   * @param patience what kind of waiting it is in
   * @param waitingSince since when it is
   */
  record Told(
      @Nullable String uid,
      @Nullable String stage,
      Verdict.Patience patience,
      @Nullable Instant waitingSince,
      int executors) {
    static final Told NOTHING = of(null);

    /** Nothing but its creation. */
    static Told of(@Nullable String uid) {
      return new Told(uid, null, Verdict.Patience.ENDLESS, null, 0);
    }

    Told stage(String newStage) {
      return new Told(uid, newStage, patience, waitingSince, executors);
    }

    Told waiting(Verdict.Patience kind, Instant since) {
      return new Told(uid, stage, kind, since, executors);
    }

    Told executors(int running) {
      return new Told(uid, stage, patience, waitingSince, running);
    }

    boolean finished() {
      return Reconciliation.FINISHED.equals(stage);
    }
  }

  /**
   * Calls to the API server for this job.
   *
   * @param underWay a call has not come back yet
   * @param complete the attempt whose objects are all known to exist
   * @param missing live reads in a row that found no pod
   * @param refusals calls in a row that have to be repeated
   * @param notBefore when the next call may go out
   */
  record Effort(
      boolean underWay,
      @Nullable Attempt complete,
      int missing,
      int refusals,
      @Nullable Instant notBefore) {
    static final Effort NONE = new Effort(false, null, 0, 0, null);

    Effort started() {
      return new Effort(true, complete, missing, refusals, null);
    }

    Effort done() {
      return new Effort(false, complete, missing, 0, null);
    }

    Effort completed(Attempt attempt) {
      return new Effort(false, attempt, 0, 0, null);
    }

    Effort foundMissing(Instant lookAgain) {
      return new Effort(false, complete, missing + 1, 0, lookAgain);
    }

    Effort found() {
      return new Effort(underWay, complete, 0, 0, null);
    }

    Effort knownMissing() {
      return new Effort(underWay, complete, Reconciliation.LOOKS, refusals, null);
    }

    Effort doneFor(Instant notBefore) {
      return new Effort(false, complete, missing, 0, notBefore);
    }

    boolean isComplete(Attempt attempt) {
      return attempt.equals(complete);
    }

    Effort again(Instant at) {
      return new Effort(false, complete, missing, refusals + 1, at);
    }
  }

  /** The driver pod of the desired attempt. */
  @Nullable PodView pod() {
    return pods.values().stream()
        .filter(this::isTheDriver)
        .min(Comparator.comparingLong(PodView::version))
        .orElse(null);
  }

  /** A driver pod of the desired attempt that should not be. */
  @Nullable PodView intruder() {
    return pods.values().stream().filter(this::intrudes).findAny().orElse(null);
  }

  /**
   * Which pod is the attempt's, once one is known. An attempt has one pod in its life: the one that
   * admission heard of first.
   */
  @Nullable String podUid() {
    return desired == null || desired.podUid() == null ? told.uid() : desired.podUid();
  }

  /** Whether it is the pod of the desired attempt, as far as is known. */
  boolean isTheDriver(PodView pod) {
    return isDesired(pod) && !isElsewhere(pod) && !intrudes(pod);
  }

  /**
   * Whether it is another driver pod of the desired attempt than the one that is known. A creation
   * that was held back can make it after the attempt's own pod is gone; it would run the job a
   * second time.
   */
  boolean intrudes(PodView pod) {
    String known = podUid();
    return isDesired(pod) && !isElsewhere(pod) && known != null && !known.equals(pod.uid());
  }

  /** Whether it says that it is of the desired attempt, and is not in its namespace. */
  boolean isElsewhere(PodView pod) {
    return isDesired(pod) && !namespace().equals(pod.namespace());
  }

  private boolean isDesired(PodView pod) {
    return desired != null && desired.attempt().equals(pod.attempt());
  }

  /** Where its pods are; empty when there are none and none are wanted. */
  String namespace() {
    if (desired != null) {
      return desired.placement().namespace();
    }
    return pods.values().stream().map(PodView::namespace).findFirst().orElse("");
  }

  /** Whether there is nothing to remember. */
  boolean forgettable() {
    return desired == null && pods.isEmpty() && !effort.underWay();
  }

  Track wanting(@Nullable DesiredDriver driver) {
    boolean same = desired != null && driver != null && desired.attempt().equals(driver.attempt());
    return same
        ? new Track(driver, pods, vanished, executors, told, effort, failed, evidence)
        : new Track(
            driver, pods, vanished, Executors.NONE, Told.NOTHING, effort.found(), null, null);
  }

  /**
   * After a driver pod was seen; an older view than the one at hand, or one of a pod that is gone,
   * changes nothing.
   */
  Track seeing(PodView pod) {
    PodView known = pods.get(pod.uid());
    boolean stale = known != null && known.version() >= pod.version();
    if (stale || pod.uid().equals(vanished)) {
      return this;
    }
    Map<String, PodView> now = new HashMap<>(pods);
    now.put(pod.uid(), pod);
    Effort found = intrudes(pod) ? effort : effort.found();
    return new Track(desired, Map.copyOf(now), vanished, executors, told, found, failed, evidence);
  }

  /**
   * After a driver pod was seen to be gone.
   *
   * @param deleted whether a deletion was witnessed; otherwise it is looked for once more
   */
  Track vanishing(PodView pod, boolean deleted) {
    Map<String, PodView> now = new HashMap<>(pods);
    now.remove(pod.uid());
    Effort known = deleted && isTheDriver(pod) ? effort.knownMissing() : effort;
    String seenToGo = deleted && !intrudes(pod) ? pod.uid() : vanished;
    return new Track(desired, Map.copyOf(now), seenToGo, executors, told, known, failed, evidence);
  }

  /**
   * After a complete list of the pods of a namespace, or of all: those it should hold and does not
   * are not there.
   */
  Track among(String listed, long version, Set<String> uids) {
    boolean here = isIn(listed);
    Track track = here ? with(executors.among(uids)) : this;
    for (PodView pod : pods.values()) {
      boolean due = isIn(listed, pod.namespace()) && pod.version() <= version;
      if (due && !uids.contains(pod.uid())) {
        track = track.vanishing(pod, false);
      }
    }
    return track;
  }

  /** Whether its pods are among those of a namespace, or of all. */
  boolean isIn(String listed) {
    return isIn(listed, namespace());
  }

  private static boolean isIn(String listed, String namespace) {
    return listed.equals(Shard.EVERYWHERE) || listed.equals(namespace);
  }

  /**
   * Without the spec, which is most of what a job weighs and is only needed until the driver's
   * objects are complete.
   */
  Track slim() {
    DesiredDriver driver = desired;
    if (driver == null || driver.spec().isMissingNode()) {
      return this;
    }
    DesiredDriver light =
        new DesiredDriver(
            driver.attempt(),
            driver.cohort(),
            driver.placement(),
            driver.podUid(),
            driver.stop(),
            Map.of(),
            null,
            MissingNode.getInstance());
    return new Track(light, pods, vanished, executors, told, effort, failed, evidence);
  }

  Track with(Executors now) {
    return new Track(desired, pods, vanished, now, told, effort, failed, evidence);
  }

  Track with(Told now) {
    return new Track(desired, pods, vanished, executors, now, effort, failed, evidence);
  }

  Track with(Effort now) {
    return new Track(desired, pods, vanished, executors, told, now, failed, evidence);
  }

  /** The first reason stays. */
  Track failing(Failure why) {
    Failure first = failed == null ? why : failed;
    return new Track(desired, pods, vanished, executors, told, effort, first, evidence);
  }

  Track with(Evidence found) {
    return new Track(desired, pods, vanished, executors, told, effort, failed, found);
  }
}
