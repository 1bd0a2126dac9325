package io.firesteel.admission.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.state.CohortState;
import io.firesteel.admission.state.JobState.Blocked;
import io.firesteel.admission.state.JobState.Ended;
import io.firesteel.admission.state.JobState.HoldingSlot;
import io.firesteel.admission.state.JobState.Queued;
import io.firesteel.admission.state.NewestVersion;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobEvent;
import io.firesteel.event.Outcome;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.event.PublishedTenantEvent;
import io.firesteel.job.Dependency;
import io.firesteel.job.JobKey;
import io.firesteel.job.ObjectVersion;
import io.firesteel.job.TenantLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Holds every decision to the promises, with counts of its own: limits by what lives in the
 * cluster, order and fairness by who was passed over, results and sequences by what was published.
 */
final class InvariantChecker {

  private static final Comparator<TrackedJob> ORDER =
      Comparator.<TrackedJob>comparingInt(job -> -job.head().priority())
          .thenComparingLong(job -> job.head().arrival());

  private final AdmissionHarness admissionHarness;
  private final FakeCluster cluster;
  private final Set<JobKey> jobs = new HashSet<>();
  private final Map<String, TenantLimits> limits = new HashMap<>();
  private final Set<String> suspended = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final Map<JobKey, ObjectVersion> versions = new HashMap<>();
  private final Map<String, NewestVersion> newest = new HashMap<>();
  private final Map<JobKey, Place> places = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private final Map<JobKey, Result> results = new HashMap<>();

  /** Where the last event of a job stands. */
  private record Place(long generation, long sequence) {}

  /** The last result of a job. */
  private record Result(long generation, Outcome outcome) {}

  InvariantChecker(AdmissionHarness admissionHarness, FakeCluster cluster) {
    this.admissionHarness = admissionHarness;
    this.cluster = cluster;
  }

  void submitted(SampleJob job) {
    jobs.add(job.key());
    if (job.version() != null) {
      versions.put(job.key(), job.version());
    }
  }

  void removed(String tenant) {
    removed.add(tenant);
  }

  void defined(TenantLimits limit) {
    removed.remove(limit.tenant());
    limits.put(limit.tenant(), limit);
  }

  void suspended(String tenant, boolean now) {
    if (now) {
      suspended.add(tenant);
    } else {
      suspended.remove(tenant);
    }
  }

  Set<JobKey> jobs() {
    return jobs;
  }

  /** Looks at all that one decision said. */
  void judge(List<AdmissionOutput> outputs) {
    List<JobKey> admitted = new ArrayList<>();
    for (AdmissionOutput admissionOutput : outputs) {
      switch (admissionOutput) {
        case AdmissionOutput.SetDesiredDriver(var job, var driver) -> {
          if (cluster.desire(job, driver)) {
            withinLimits(job);
          }
        }
        case AdmissionOutput.PublishJobEvent(var event) -> {
          published(event);
          if (event.event() instanceof JobEvent.JobAdmitted) {
            admitted.add(event.job());
          } else if (event.event() instanceof JobEvent.JobAccepted) {
            letIn(event.job());
          }
        }
        case AdmissionOutput.PublishTenantEvent(var event) -> announced(event);
        case AdmissionOutput.UpdateStatus(var job, var status) -> {
          if (status == null) {
            newest.values().removeIf(version -> version.job().equals(job));
          }
        }
        case AdmissionOutput.SendToCohort _ ->
            throw new AssertionError("no tenant changes its cohort");
        case AdmissionOutput.PhaseChanged _,
            AdmissionOutput.UpdateTenantHome _,
            AdmissionOutput.TenantLeft _,
            AdmissionOutput.TenantLoad _ -> {}
      }
    }
    Standing standing = standing();
    conservesWork(standing);
    admitted.forEach(job -> passedOverNobody(job, standing));
    if (!admitted.isEmpty()) {
      sharedFairly(admitted.getLast(), standing);
    }
  }

  /** At the end of time: each job has its one result. */
  void ended() {
    assertThat(results.keySet()).isEqualTo(jobs);
    for (JobKey job : jobs) {
      assertThat(admissionHarness.stateOf(job)).isInstanceOf(Ended.class);
    }
  }

  private void withinLimits(JobKey job) {
    TenantLimits limit = limit(job.tenant());
    assertThat(cluster.open(job.tenant())).isLessThanOrEqualTo(limit.maxConcurrency());
    int together =
        limits.values().stream()
            .filter(other -> other.cohort().equals(limit.cohort()))
            .mapToInt(other -> cluster.open(other.tenant()))
            .sum();
    assertThat(together).isLessThanOrEqualTo(cohortMax(limit.cohort()));
  }

  private TenantLimits limit(String tenant) {
    return Objects.requireNonNull(limits.get(tenant), tenant);
  }

  private int cohortMax(String cohort) {
    CohortState known = admissionHarness.admissionStore.get(Table.COHORTS, cohort);
    return known == null ? TenantLimits.UNLIMITED : known.max();
  }

  private void published(PublishedJobEvent event) {
    Place before = places.getOrDefault(event.job(), new Place(0, 0));
    boolean again = event.generation() > before.generation();
    assertThat(event.generation()).isGreaterThanOrEqualTo(before.generation());
    assertThat(event.header().sequence()).isEqualTo(again ? 1 : before.sequence() + 1);
    places.put(event.job(), new Place(event.generation(), event.header().sequence()));
    if (event.event() instanceof JobEvent.JobEnded(var result)) {
      Result last = results.put(event.job(), new Result(event.generation(), result.outcome()));
      assertThat(last == null || last.outcome() == Outcome.REFUSED)
          .as("only result of " + event.job() + ", except for refusals")
          .isTrue();
      assertThat(last == null || last.generation() < event.generation())
          .as("one result of each generation of " + event.job())
          .isTrue();
    }
  }

  /** Unless it ends in the same moment, nobody was let in for a later writing of its object. */
  private void letIn(JobKey job) {
    ObjectVersion version = versions.get(job);
    if (version == null) {
      return;
    }
    String object = job.tenant() + "/" + version.object();
    NewestVersion known = newest.get(object);
    boolean older = known != null && known.sequencer().compareTo(version.sequencer()) > 0;
    assertThat(older && !(admissionHarness.stateOf(job) instanceof Ended)).isFalse();
    if (!older) {
      newest.put(object, new NewestVersion(version.sequencer(), job));
    }
  }

  private void announced(PublishedTenantEvent event) {
    long before = told.getOrDefault(event.tenant(), 0L);
    assertThat(event.header().sequence()).isEqualTo(before + 1);
    told.put(event.tenant(), event.header().sequence());
  }

  private record Standing(Map<String, List<TrackedJob>> queued, Map<String, Integer> used) {
    int used(String tenant) {
      return used.getOrDefault(tenant, 0);
    }
  }

  private Standing standing() {
    Map<String, List<TrackedJob>> queued = new HashMap<>();
    Map<String, Integer> used = new HashMap<>();
    for (JobKey key : jobs) {
      TrackedJob job = admissionHarness.job(key);
      if (job != null && job.state() instanceof Queued) {
        queued.computeIfAbsent(key.tenant(), _ -> new ArrayList<>()).add(job);
      } else if (job != null && job.state() instanceof HoldingSlot) {
        used.merge(key.tenant(), 1, Integer::sum);
      } else if (job != null && job.state() instanceof Blocked(var on, _)) {
        on.forEach(other -> hasNotEnded(depended(key, other)));
      }
    }
    return new Standing(queued, used);
  }

  private void hasNotEnded(JobKey key) {
    TrackedJob job = admissionHarness.job(key);
    assertThat(job != null && job.state() instanceof Ended).as(key + " has ended").isFalse();
  }

  private static JobKey depended(JobKey job, Dependency dependency) {
    return new JobKey(job.tenant(), dependency.jobId());
  }

  private boolean couldRun(String tenant, Standing standing) {
    TenantLimits limit = limits.get(tenant);
    return limit != null
        && !suspended.contains(tenant)
        && !removed.contains(tenant)
        && standing.used(tenant) < limit.maxConcurrency();
  }

  private void conservesWork(Standing standing) {
    for (String tenant : standing.queued().keySet()) {
      if (couldRun(tenant, standing)) {
        String cohort = limit(tenant).cohort();
        int together =
            limits.values().stream()
                .filter(other -> other.cohort().equals(cohort))
                .mapToInt(other -> standing.used(other.tenant()))
                .sum();
        assertThat(together)
            .as("a slot is free and a job of " + tenant + " waits")
            .isGreaterThanOrEqualTo(cohortMax(cohort));
      }
    }
  }

  private void passedOverNobody(JobKey admitted, Standing standing) {
    TrackedJob job = admissionHarness.job(admitted);
    for (TrackedJob left : standing.queued().getOrDefault(admitted.tenant(), List.of())) {
      assertThat(ORDER.compare(job, left)).as(admitted + " before " + left.key()).isNegative();
    }
  }

  private void sharedFairly(JobKey last, Standing standing) {
    TenantLimits winner = limit(last.tenant());
    double share = (double) (standing.used(last.tenant()) - 1) / winner.weight();
    for (String tenant : standing.queued().keySet()) {
      TenantLimits other = limits.get(tenant);
      if (other != null && couldRun(tenant, standing) && other.cohort().equals(winner.cohort())) {
        assertThat(share)
            .as(last.tenant() + " was served before " + tenant)
            .isLessThanOrEqualTo((double) standing.used(tenant) / other.weight() + 1e-5);
      }
    }
  }
}
