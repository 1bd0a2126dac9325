package io.firesteel.admission.core;

import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that does what is desired of it, in its own time and by chance, and remembers which
 * attempts may still live. Its word, not admission's, is what limits are judged by.
 */
final class FakeCluster {

  private enum Pod {
    CREATED,
    RUNNING
  }

  private static final List<FailureCategory> WAYS_TO_FAIL =
      List.of(
          FailureCategory.APPLICATION,
          FailureCategory.INFRASTRUCTURE,
          FailureCategory.OUT_OF_MEMORY,
          FailureCategory.IMAGE);

  private final Random random;
  private final Map<JobKey, DesiredDriver> desired = new TreeMap<>();
  private final Map<Attempt, Pod> pods = new HashMap<>();
  private final Set<Attempt> over = new HashSet<>();
  private final Set<Attempt> everCreated = new HashSet<>();
  private final List<Observation> unsaid = new ArrayList<>();
  private final Map<String, TreeSet<JobKey>> open = new HashMap<>();

  FakeCluster(Random random) {
    this.random = random;
  }

  /** Takes note of what is desired now; says which attempt is new. */
  boolean desire(JobKey job, @Nullable DesiredDriver driver) {
    if (driver == null) {
      DesiredDriver before = desired.remove(job);
      if (before != null && !over.contains(before.attempt())) {
        throw new AssertionError("given up while it may live: " + before.attempt());
      }
      return false;
    }
    DesiredDriver before = desired.put(job, driver);
    boolean fresh = before == null || !before.attempt().equals(driver.attempt());
    if (fresh) {
      if (over.contains(driver.attempt()) || everCreated.contains(driver.attempt())) {
        throw new AssertionError("wanted twice: " + driver.attempt());
      }
      open.computeIfAbsent(job.tenant(), _ -> new TreeSet<>()).add(job);
    }
    return fresh;
  }

  /** Attempts of a tenant that live or may come to life. */
  int open(String tenant) {
    TreeSet<JobKey> jobs = open.get(tenant);
    return jobs == null ? 0 : jobs.size();
  }

  boolean idle() {
    return desired.isEmpty() && unsaid.isEmpty();
  }

  /** Something happens to some pod. */
  void act(Instant now) {
    if (desired.isEmpty()) {
      return;
    }
    List<JobKey> keys = List.copyOf(desired.keySet());
    DesiredDriver driver =
        Objects.requireNonNull(desired.get(keys.get(random.nextInt(keys.size()))));
    Attempt attempt = driver.attempt();
    if (over.contains(attempt)) {
      return;
    }
    Pod pod = pods.get(attempt);
    if (pod == null) {
      begin(driver, now);
    } else if (driver.stop()) {
      end(attempt, new Observation.Gone(attempt, now, failure(FailureCategory.INFRASTRUCTURE)));
    } else {
      goOn(attempt, pod, now);
    }
  }

  /** What is said next: mostly the oldest news, sometimes later ones first, sometimes twice. */
  List<Observation> say() {
    if (unsaid.isEmpty()) {
      return List.of();
    }
    int index = random.nextInt(4) == 0 ? random.nextInt(Math.min(6, unsaid.size())) : 0;
    Observation said = random.nextInt(8) == 0 ? unsaid.get(index) : unsaid.remove(index);
    return random.nextInt(5) == 0 ? List.of(said, said) : List.of(said);
  }

  private void begin(DesiredDriver driver, Instant now) {
    Attempt attempt = driver.attempt();
    if (driver.stop()) {
      end(attempt, new Observation.Gone(attempt, now, failure(FailureCategory.INFRASTRUCTURE)));
    } else if (random.nextInt(10) == 0) {
      FailureCategory why =
          random.nextBoolean() ? FailureCategory.CAPACITY : FailureCategory.CONFIGURATION;
      end(attempt, new Observation.Rejected(attempt, now, failure(why)));
    } else {
      pods.put(attempt, Pod.CREATED);
      everCreated.add(attempt);
      unsaid.add(
          new Observation.Created(attempt, now, "ns", "pod", "uid-" + attempt.number(), "spark"));
    }
  }

  private void goOn(Attempt attempt, Pod pod, Instant now) {
    switch (pod) {
      case CREATED -> {
        if (random.nextInt(3) == 0) {
          String reason = random.nextBoolean() ? "Scheduled" : "ContainerCreating";
          unsaid.add(new Observation.Pending(attempt, now, reason, null));
        } else if (random.nextInt(8) == 0) {
          lost(attempt, now);
        } else {
          pods.put(attempt, Pod.RUNNING);
          unsaid.add(new Observation.Started(attempt, now, "node"));
        }
      }
      case RUNNING -> {
        switch (random.nextInt(6)) {
          case 0 -> unsaid.add(new Observation.Ready(attempt, now));
          case 3 ->
              unsaid.add(
                  new Observation.ExecutorsCounted(attempt, now, random.nextInt(3), 3, List.of()));
          case 1 ->
              end(
                  attempt,
                  new Observation.Finished(
                      attempt, now, failure(WAYS_TO_FAIL.get(random.nextInt(4)))));
          case 2 -> lost(attempt, now);
          default -> end(attempt, new Observation.Finished(attempt, now, null));
        }
      }
    }
  }

  private void lost(Attempt attempt, Instant now) {
    end(attempt, new Observation.Gone(attempt, now, failure(FailureCategory.INFRASTRUCTURE)));
  }

  private void end(Attempt attempt, Observation last) {
    over.add(attempt);
    pods.remove(attempt);
    open.getOrDefault(attempt.job().tenant(), new TreeSet<>()).remove(attempt.job());
    unsaid.add(last);
    if (last instanceof Observation.Finished && random.nextInt(3) == 0) {
      unsaid.add(new Observation.Gone(attempt, last.at(), failure(FailureCategory.INFRASTRUCTURE)));
    }
  }

  private static Failure failure(FailureCategory category) {
    return SampleJob.failure(category);
  }
}
