package io.firesteel.cluster;

import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Failure;
import java.time.Instant;

/**
 * What a shard knows of a job after a pod of it was seen, or was seen to be gone. Labels and
 * annotations say whose a pod wants to be; it counts only where the job's pods are, by the name of
 * the attempt's driver, or by the uid of that driver as its owner. Pure.
 */
final class PodNews {

  private PodNews() {}

  static Track seen(Track track, PodView pod) {
    if (!pod.driver()) {
      return executors(track, pod, false);
    }
    return track.isElsewhere(pod) ? track : track.seeing(pod);
  }

  /**
   * A driver pod that goes while it is needed ends its attempt; that an intruder went tells nothing
   * about the driver.
   *
   * @param pod as it was last; a driver's was seen so before
   * @param deleted whether a deletion was witnessed
   */
  static Track gone(Track track, PodView pod, boolean deleted, Instant now) {
    if (!pod.driver()) {
      return executors(track, pod, true);
    }
    DesiredDriver desired = track.desired();
    boolean needed = deleted && desired != null && track.isTheDriver(pod) && !desired.stop();
    Failure ended = Verdict.of(pod, now) instanceof Verdict.Ended(_, Failure why) ? why : null;
    Failure failure = ended == null ? Failures.deleted(pod, null) : ended;
    return (needed ? track.failing(failure) : track).vanishing(pod, deleted);
  }

  private static Track executors(Track track, PodView pod, boolean gone) {
    DesiredDriver desired = track.desired();
    PodView driver = track.pod();
    String uid = driver == null ? track.podUid() : driver.uid();
    boolean here = desired != null && desired.placement().namespace().equals(pod.namespace());
    boolean counts = here && uid != null && uid.equals(pod.driverUid());
    boolean each = driver != null && driver.eachExecutor();
    return counts ? track.with(track.executors().seeing(pod, gone, each)) : track;
  }
}
