package io.firesteel.admission.core;

import io.firesteel.admission.state.AdmissionStore;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.JobState;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Deadlines;
import io.firesteel.job.Dependency;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.RetryPolicy;
import io.firesteel.job.TenantLimits;
import io.firesteel.job.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random life of an installation: 50 tenants in 7 cohorts, jobs with and without deadlines,
 * retries and dependencies, cancellations before and after, duplicates, limits that move, tenants
 * suspended and removed, objects written in any order, pods that do as they like, news late, twice
 * and in the wrong order, and a clock that jumps both ways. The same seed gives the same life.
 */
public final class RandomHistory {

  private static final int TENANTS = 50;
  private static final int COHORTS = 7;
  private static final int DRAIN_ROUNDS = 200_000;

  public final AdmissionHarness admissionHarness;
  final InvariantChecker invariantChecker;
  final List<InboxMessage> told = new ArrayList<>();
  private final FakeCluster cluster;
  private final Random random;
  private final int tenants;
  private int jobs;
  private int requests;

  public RandomHistory(long seed) {
    this(seed, new InMemoryAdmissionStore());
  }

  public RandomHistory(long seed, AdmissionStore admissionStore) {
    this.admissionHarness = AdmissionHarness.unchecked(AdmissionSettings.DEFAULT, admissionStore);
    this.random = new Random(seed);
    this.tenants = random.nextBoolean() ? TENANTS : 1 + random.nextInt(6);
    this.cluster = new FakeCluster(new Random(seed + 1));
    this.invariantChecker = new InvariantChecker(admissionHarness, cluster);
  }

  /** Lives for so many steps. */
  public void live(int steps) {
    for (int step = 0; step < steps; step++) {
      step();
    }
  }

  /** Ends every job: all may run, time passes, and a job that never ends is cancelled. */
  void drain() {
    for (int tenant = 0; tenant < tenants; tenant++) {
      define(tenant, 3, 5);
      suspend(tenant, false);
    }
    for (int round = 0; round < DRAIN_ROUNDS && !over(); round++) {
      if (round % 200 == 199) {
        tick(Duration.ofMinutes(90));
      }
      if (round == 2_000) {
        List.copyOf(invariantChecker.jobs()).forEach(this::cancel);
      }
      cluster.act(admissionHarness.now());
      hear();
    }
  }

  private boolean over() {
    return cluster.idle()
        && invariantChecker.jobs().stream()
            .allMatch(job -> admissionHarness.stateOf(job) instanceof JobState.Ended);
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> submit();
      case 4 -> cancel(anyJob());
      case 5 -> define(random.nextInt(tenants), random.nextInt(5), random.nextInt(9));
      case 6 -> suspend(random.nextInt(tenants), random.nextInt(3) == 0);
      case 7 -> {
        prioritise();
        if (random.nextInt(4) == 0) {
          remove(random.nextInt(tenants));
        }
      }
      case 8 -> tick(Duration.ofSeconds(random.nextInt(900)));
      case 9 -> admissionHarness.clock(admissionHarness.now().minusSeconds(random.nextInt(30)));
      case 10, 11, 12 -> cluster.act(admissionHarness.now());
      default -> hear();
    }
  }

  private void submit() {
    if (random.nextInt(6) == 0 && jobs > 0) {
      JobKey again = anyJob();
      invariantChecker.submitted(sample(again));
      send(sample(again).published(offset()).submitted());
      return;
    }
    JobKey key = key(jobs++);
    invariantChecker.submitted(sample(key));
    if (random.nextInt(20) == 0) {
      Failure failure = SampleJob.failure(FailureCategory.REQUEST);
      send(
          new InboxMessage.JobRejected(
              key, SampleJob.origin("refused", SampleJob.at(offset())), failure));
      return;
    }
    send(sample(key).published(offset()).submitted());
  }

  /** The next offset, or sometimes that of a record that is read again. */
  private long offset() {
    return random.nextInt(8) == 0 ? random.nextInt(requests + 1) : ++requests;
  }

  private SampleJob sample(JobKey key) {
    Random own = new Random(key.hashCode());
    SampleJob sampleJob = SampleJob.job(key.tenant(), key.id()).cohort(cohort(key.tenant()));
    sampleJob = sampleJob.priority(own.nextInt(3));
    if (own.nextInt(6) == 0) {
      sampleJob = sampleJob.notBefore(SampleJob.START.plusSeconds(own.nextInt(3_000)));
    }
    if (own.nextInt(4) == 0) {
      int other = Math.max(0, Integer.parseInt(key.id()) + (own.nextInt(4) - 2) * tenants);
      Dependency.Condition[] wishes = Dependency.Condition.values();
      sampleJob = sampleJob.after("" + other, wishes[own.nextInt(wishes.length)]);
    }
    if (own.nextInt(4) == 0) {
      sampleJob =
          sampleJob.deadlines(
              new Deadlines(
                  own.nextBoolean() ? SampleJob.START.plusSeconds(own.nextInt(5_000)) : null,
                  own.nextBoolean() ? Duration.ofSeconds(own.nextInt(600)) : null,
                  own.nextBoolean() ? Duration.ofSeconds(own.nextInt(600)) : null,
                  own.nextBoolean() ? SampleJob.START.plusSeconds(own.nextInt(9_000)) : null));
    }
    if (own.nextInt(5) == 0) {
      sampleJob = sampleJob.warnings(Warning.ignored("/spec/failureRetries", "nobody reads it"));
    }
    if (own.nextInt(8) == 0) {
      sampleJob = sampleJob.triggered();
    }
    if (own.nextInt(3) == 0) {
      sampleJob = sampleJob.version("o" + own.nextInt(3), "" + own.nextInt(9));
    }
    RetryPolicy.RetryType[] types = RetryPolicy.RetryType.values();
    return sampleJob.retry(
        new RetryPolicy(
            types[own.nextInt(types.length)],
            own.nextInt(3),
            Duration.ofSeconds(own.nextInt(30)),
            own.nextInt(3),
            Duration.ofSeconds(own.nextInt(30))));
  }

  private void cancel(JobKey key) {
    send(
        new InboxMessage.CancelRequested(
            key, SampleJob.origin("cancel", SampleJob.at(++requests)), null));
  }

  private void prioritise() {
    send(new InboxMessage.PriorityChanged(anyJob(), SampleJob.origin("p"), random.nextInt(4)));
  }

  private void define(int number, int max, int cohortMax) {
    String tenant = "t" + number;
    TenantLimits limit =
        new TenantLimits(
            tenant, cohort(tenant), max, 1 + random.nextInt(40), 1 + number % 3, cohortMax);
    invariantChecker.defined(limit);
    send(tenant, new InboxMessage.TenantDefined(limit));
  }

  private void suspend(int number, boolean now) {
    String tenant = "t" + number;
    invariantChecker.suspended(tenant, now);
    send(
        tenant,
        now
            ? new InboxMessage.TenantSuspended(tenant, SampleJob.origin("s"))
            : new InboxMessage.TenantResumed(tenant, SampleJob.origin("r")));
  }

  private void remove(int number) {
    String tenant = "t" + number;
    invariantChecker.removed(tenant);
    send(tenant, new InboxMessage.TenantRemoved(tenant));
  }

  private void tick(Duration time) {
    invariantChecker.judge(admissionHarness.after(time));
  }

  private void hear() {
    for (Observation said : cluster.say()) {
      send(new InboxMessage.Observed(said));
    }
  }

  private JobKey anyJob() {
    return key(random.nextInt(jobs + 3));
  }

  private JobKey key(int number) {
    return new JobKey("t" + number % tenants, "" + number);
  }

  private void send(InboxMessage message) {
    send(message.tenant(), message);
  }

  private void send(String tenant, InboxMessage message) {
    told.add(message);
    invariantChecker.judge(admissionHarness.send(cohort(tenant), message));
  }

  static String cohort(String tenant) {
    return "c" + Integer.parseInt(tenant.substring(1)) % COHORTS;
  }
}
