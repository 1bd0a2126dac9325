package io.firesteel.admission;

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
final class History {

  private static final int TENANTS = 50;
  private static final int COHORTS = 7;
  private static final int DRAIN_ROUNDS = 200_000;

  final World world;
  final Judge judge;
  final List<InboxMessage> told = new ArrayList<>();
  private final FakeCluster cluster;
  private final Random random;
  private final int tenants;
  private int jobs;

  History(long seed) {
    this(seed, new MemoryState());
  }

  History(long seed, State state) {
    this.world = World.unchecked(AdmissionSettings.DEFAULT, state);
    this.random = new Random(seed);
    this.tenants = random.nextBoolean() ? TENANTS : 1 + random.nextInt(6);
    this.cluster = new FakeCluster(new Random(seed + 1));
    this.judge = new Judge(world, cluster);
  }

  /** Lives for so many steps. */
  void live(int steps) {
    for (int step = 0; step < steps; step++) {
      step();
    }
  }

  /**
   * Lets everything come to its end: all may run, time goes on, and what never ends is cancelled.
   */
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
        List.copyOf(judge.jobs()).forEach(this::cancel);
      }
      cluster.act(world.now());
      hear();
    }
  }

  private boolean over() {
    return cluster.idle()
        && judge.jobs().stream().allMatch(job -> world.stateOf(job) instanceof JobState.Ended);
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
      case 9 -> world.clock(world.now().minusSeconds(random.nextInt(30)));
      case 10, 11, 12 -> cluster.act(world.now());
      default -> hear();
    }
  }

  private void submit() {
    if (random.nextInt(6) == 0 && jobs > 0) {
      JobKey again = anyJob();
      judge.submitted(sample(again));
      send(sample(again).submitted());
      return;
    }
    JobKey key = key(jobs++);
    judge.submitted(sample(key));
    if (random.nextInt(20) == 0) {
      Failure failure = Sample.failure(FailureCategory.REQUEST);
      send(new InboxMessage.Refused(key, Sample.origin("refused"), failure));
      return;
    }
    send(sample(key).submitted());
  }

  private Sample sample(JobKey key) {
    Random own = new Random(key.hashCode());
    Sample sample = Sample.job(key.tenant(), key.id()).cohort(cohort(key.tenant()));
    sample = sample.priority(own.nextInt(3));
    if (own.nextInt(6) == 0) {
      sample = sample.notBefore(Sample.START.plusSeconds(own.nextInt(3_000)));
    }
    if (own.nextInt(4) == 0) {
      int other = Math.max(0, Integer.parseInt(key.id()) + (own.nextInt(4) - 2) * tenants);
      Dependency.Condition[] wishes = Dependency.Condition.values();
      sample = sample.after("" + other, wishes[own.nextInt(wishes.length)]);
    }
    if (own.nextInt(4) == 0) {
      sample =
          sample.deadlines(
              new Deadlines(
                  own.nextBoolean() ? Sample.START.plusSeconds(own.nextInt(5_000)) : null,
                  own.nextBoolean() ? Duration.ofSeconds(own.nextInt(600)) : null,
                  own.nextBoolean() ? Duration.ofSeconds(own.nextInt(600)) : null,
                  own.nextBoolean() ? Sample.START.plusSeconds(own.nextInt(9_000)) : null));
    }
    if (own.nextInt(5) == 0) {
      sample = sample.warnings(new Warning("/spec/failureRetries", "nobody reads it"));
    }
    if (own.nextInt(3) == 0) {
      sample = sample.version("o" + own.nextInt(3), "" + own.nextInt(9));
    }
    RetryPolicy.Type[] types = RetryPolicy.Type.values();
    return sample.retry(
        new RetryPolicy(
            types[own.nextInt(types.length)],
            own.nextInt(3),
            Duration.ofSeconds(own.nextInt(30)),
            own.nextInt(3),
            Duration.ofSeconds(own.nextInt(30))));
  }

  private void cancel(JobKey key) {
    send(new InboxMessage.CancelRequested(key, Sample.origin("cancel"), null));
  }

  private void prioritise() {
    send(new InboxMessage.PriorityChanged(anyJob(), Sample.origin("p"), random.nextInt(4)));
  }

  private void define(int number, int max, int cohortMax) {
    String tenant = "t" + number;
    TenantLimits limit =
        new TenantLimits(
            tenant, cohort(tenant), max, 1 + random.nextInt(40), 1 + number % 3, cohortMax);
    judge.defined(limit);
    send(tenant, new InboxMessage.TenantDefined(limit));
  }

  private void suspend(int number, boolean now) {
    String tenant = "t" + number;
    judge.suspended(tenant, now);
    send(
        tenant,
        now
            ? new InboxMessage.TenantSuspended(tenant, Sample.origin("s"))
            : new InboxMessage.TenantResumed(tenant, Sample.origin("r")));
  }

  private void remove(int number) {
    String tenant = "t" + number;
    judge.removed(tenant);
    send(tenant, new InboxMessage.TenantRemoved(tenant));
  }

  private void tick(Duration time) {
    judge.judge(world.after(time));
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
    judge.judge(world.send(cohort(tenant), message));
  }

  static String cohort(String tenant) {
    return "c" + Integer.parseInt(tenant.substring(1)) % COHORTS;
  }
}
