package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Call;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Report;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.JobKey;
import io.firesteel.log.JobLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop of one partition of the drivers topic. Everything that happens to its jobs is
 * put into one queue and decided on one thread; calls go out on others and come back through the
 * queue. It acts only after the pods that exist are known. Stopping it leaves the pods as they are;
 * the next owner of the partition goes on.
 */
final class Shard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** All namespaces at once. */
  static final String EVERYWHERE = "";

  /** What can happen to a shard. */
  private sealed interface Happening {
    record Desired(JobKey job, @Nullable DesiredDriver driver) implements Happening {}

    record Seen(PodView pod) implements Happening {}

    record Vanished(PodView pod, boolean deleted) implements Happening {}

    record Returned(JobKey job, Call call, Outcome outcome) implements Happening {}

    record Listed(String namespace, long version, Set<String> uids) implements Happening {}

    record Swept(List<Leftover> found) implements Happening {}

    record Stop() implements Happening {}
  }

  private record Wake(Instant at, JobKey job) {}

  private final Reconciliation reconciliation;
  private final Effects effects;
  private final Clock clock;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Map<JobKey, Track> tracks = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparing(Wake::at));
  private final Map<JobKey, Instant> scheduled = new HashMap<>();
  private final Set<String> listed = new HashSet<>();

  Shard(Reconciliation reconciliation, Effects effects, Clock clock) {
    this.reconciliation = reconciliation;
    this.effects = effects;
    this.clock = clock;
  }

  /** Runs until it is closed. */
  void run() {
    try {
      while (true) {
        Happening next = happenings.poll(untilNextWake().toMillis() + 1, TimeUnit.MILLISECONDS);
        if (next instanceof Happening.Stop) {
          return;
        }
        if (next != null) {
          survive(jobOf(next), () -> take(next));
        }
        wakeTheDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void survive(@Nullable JobKey job, Runnable turn) {
    try (var _ = job == null ? null : about(job)) {
      survive(turn);
    }
  }

  /** One job that cannot be handled must not stop the others of its shard. */
  private static void survive(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException e) {
      LOG.error("A shard could not handle what happened to a job and goes on", e);
    }
  }

  private JobLog about(JobKey job) {
    DesiredDriver desired = track(job).desired();
    return JobLog.about(job, desired == null ? null : desired.traceparent());
  }

  private static @Nullable JobKey jobOf(Happening happening) {
    return switch (happening) {
      case Happening.Desired(JobKey job, _) -> job;
      case Happening.Seen(PodView pod) -> pod.attempt().job();
      case Happening.Vanished(PodView pod, _) -> pod.attempt().job();
      case Happening.Returned(JobKey job, _, _) -> job;
      case Happening.Listed _, Happening.Swept _, Happening.Stop _ -> null;
    };
  }

  void desire(JobKey job, @Nullable DesiredDriver driver) {
    happenings.add(new Happening.Desired(job, driver));
  }

  void see(PodView pod) {
    happenings.add(new Happening.Seen(pod));
  }

  void vanish(PodView pod, boolean deleted) {
    happenings.add(new Happening.Vanished(pod, deleted));
  }

  /**
   * All pods of a namespace, or {@link #EVERYWHERE}, that existed at a version have been seen; what
   * is not among them and older is gone.
   */
  void listed(String namespace, long version, Set<String> uids) {
    happenings.add(new Happening.Listed(namespace, version, uids));
  }

  /** Objects that no pod owns, old enough to be looked at. */
  void swept(List<Leftover> found) {
    happenings.add(new Happening.Swept(found));
  }

  @Override
  public void close() {
    happenings.add(new Happening.Stop());
  }

  private Duration untilNextWake() {
    Wake wake = wakes.peek();
    if (wake == null) {
      return IDLE;
    }
    Duration left = Duration.between(clock.instant(), wake.at());
    return left.isNegative() ? Duration.ZERO : left.compareTo(IDLE) > 0 ? IDLE : left;
  }

  private void take(Happening happening) {
    switch (happening) {
      case Happening.Desired(JobKey job, DesiredDriver driver) ->
          change(job, track(job).wanting(driver));
      case Happening.Seen(PodView pod) -> seen(pod);
      case Happening.Vanished(PodView pod, boolean deleted) -> vanished(pod, deleted);
      case Happening.Returned(JobKey job, Call call, Outcome outcome) -> {
        logTrouble(call, outcome);
        change(job, Aftermath.of(job, track(job), call, outcome, clock.instant()));
      }
      case Happening.Listed(String namespace, long version, Set<String> uids) ->
          listed(version, uids, namespace);
      case Happening.Swept(List<Leftover> found) -> found.forEach(this::sweep);
      case Happening.Stop() -> throw new AssertionError("handled by the loop");
    }
  }

  private void listed(long version, Set<String> uids, String namespace) {
    listed.add(namespace);
    for (JobKey job : List.copyOf(tracks.keySet())) {
      Track before = track(job);
      Track after = before.among(namespace, version, uids);
      if (after != before || before.isIn(namespace)) {
        change(job, after);
      }
    }
  }

  /** Whether the pods that a job may have are known; one that is nowhere has none. */
  private boolean knowsPodsOf(Track track) {
    String namespace = track.namespace();
    return namespace.isEmpty() || listed.contains(EVERYWHERE) || listed.contains(namespace);
  }

  private void sweep(Leftover object) {
    JobKey job = object.attempt().job();
    boolean known = listed.contains(EVERYWHERE) || listed.contains(object.namespace());
    if (known && Reconciliation.isLeftover(track(job), object.attempt())) {
      try (var _ = about(job).with("kind", object.kind()).with("name", object.name())) {
        LOG.info("An object that belongs to no job is removed");
      }
      effects.call(job.tenant(), new Effect.Remove(object), outcome -> {});
    }
  }

  private Track track(JobKey job) {
    return tracks.getOrDefault(job, Track.EMPTY);
  }

  private void seen(PodView pod) {
    JobKey job = pod.attempt().job();
    change(job, PodNews.seen(track(job), pod));
  }

  /** A pod that goes may show for the first time how it ended; that counts. */
  private void vanished(PodView pod, boolean deleted) {
    JobKey job = pod.attempt().job();
    if (pod.driver()) {
      seen(pod);
    }
    change(job, PodNews.gone(track(job), pod, deleted, clock.instant()));
  }

  private void change(JobKey job, Track track) {
    tracks.put(job, track);
    if (knowsPodsOf(track)) {
      step(job);
    }
  }

  private void step(JobKey job) {
    Reconciliation.Step step = reconciliation.step(track(job), clock.instant());
    if (step.track().forgettable()) {
      tracks.remove(job);
    } else {
      tracks.put(job, step.track());
    }
    if (step.wakeAt() != null) {
      schedule(job, step.wakeAt());
    }
    step.effects().forEach(effect -> carryOut(job, effect));
  }

  private void carryOut(JobKey job, Effect effect) {
    switch (effect) {
      case Report report -> effects.report(report);
      case Call call ->
          effects.call(
              job.tenant(),
              call,
              outcome -> happenings.add(new Happening.Returned(job, call, outcome)));
    }
  }

  private void schedule(JobKey job, Instant at) {
    Instant known = scheduled.get(job);
    if (known == null || at.isBefore(known)) {
      scheduled.put(job, at);
      wakes.add(new Wake(at, job));
    }
  }

  private void wakeTheDue() {
    Instant now = clock.instant();
    for (Wake wake = wakes.peek(); wake != null && !wake.at().isAfter(now); wake = wakes.peek()) {
      wakes.remove();
      JobKey job = wake.job();
      Track track = tracks.get(job);
      if (scheduled.remove(job, wake.at()) && track != null && knowsPodsOf(track)) {
        survive(job, () -> step(job));
      }
    }
  }

  private static void logTrouble(Call call, Outcome outcome) {
    if (outcome instanceof Outcome.NotNow(String cause, Duration _)) {
      LOG.atWarn()
          .addKeyValue("call", call.getClass().getSimpleName())
          .addKeyValue("cause", cause)
          .log("The API server did not take a call, it is made again");
    }
  }
}
