package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a shard knows of a job after a call came back. Pure. */
final class Aftermath {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A replica that still owns the shard knows it again as soon as Kafka answers. */
  private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(500);

  /** Until then the watch should have told of a deletion. */
  private static final Duration DELETION_SHOWS_WITHIN = Duration.ofSeconds(5);

  /** An object with a finalizer stays however often one deletes it. */
  private static final Duration BETWEEN_FORCED_DELETIONS = Duration.ofSeconds(30);

  private Aftermath() {}

  static Track of(JobKey job, Track track, Effect.Call call, Outcome outcome, Instant now) {
    Track.Effort effort = track.effort();
    return switch (outcome) {
      case Outcome.NotNow notNow ->
          track.with(effort.again(Backoff.next(job, effort.refusals(), notNow.retryAfter(), now)));
      case Outcome.NotOurs _ -> track.with(effort.doneFor(now.plus(BETWEEN_CLAIMS)));
      case Outcome.Refused refused -> {
        Track idle = track.with(effort.done());
        yield call instanceof Effect.Create create
                && create.driver().attempt().equals(attempt(track))
            ? idle.failing(refused.failure())
            : idle;
      }
      case Outcome.Found(Evidence evidence) -> {
        Track idle = track.with(effort.done());
        yield call instanceof Effect.Investigate asked && asked.attempt().equals(attempt(track))
            ? idle.with(evidence)
            : idle;
      }
      case Outcome.Done(PodView pod) -> done(track, call, pod, now);
    };
  }

  private static @Nullable Attempt attempt(Track track) {
    return track.desired() == null ? null : track.desired().attempt();
  }

  private static Track done(Track track, Effect.Call call, @Nullable PodView pod, Instant now) {
    Track seen = pod == null ? track : track.seeing(pod);
    Track.Effort effort = seen.effort();
    Track.Effort after =
        switch (call) {
          case Effect.Create create -> effort.completed(create.driver().attempt());
          case Effect.LookUp _ ->
              seen.pod() == null ? effort.foundMissing(now.plus(BETWEEN_LOOKS)) : effort.done();
          case Effect.Delete delete ->
              effort.doneFor(
                  now.plus(delete.force() ? BETWEEN_FORCED_DELETIONS : DELETION_SHOWS_WITHIN));
          case Effect.Investigate _, Effect.Remove _ -> effort.done();
        };
    return seen.with(after);
  }
}
