package io.firesteel.admission.moves;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.SampleJob;
import io.firesteel.event.Outcome;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Tenants change their cohorts while jobs are submitted, resent, cancelled and finished, while
 * replicas of intake start anew or lag behind, and while partitions are read in any order.
 */
final class CohortChangePropertiesTest {

  private static final int TENANTS = 3;
  private static final int COHORTS = 4;
  private static final int TENANT_LIMIT = 2;
  private static final int COHORT_LIMIT = 3;
  private static final Duration RETENTION = Duration.ofDays(8);

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void noJobIsLostOrRunsTwiceAndEachCancellationReachesItsJob(@ForAll long seed) {
    History history = new History(seed);

    history.live(250);
    history.drain();

    history.check();
  }

  /** A property over histories in which nobody moves proves nothing. */
  @Example
  void tenantsMoveAndMessagesAreForwarded() {
    int moves = 0;
    Set<String> events = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      History history = new History(seed);
      history.live(250);
      history.drain();
      moves += history.moves;
      history.admission.events.forEach(
          event -> events.add(event.substring(event.indexOf(' ') + 1)));
    }
    assertThat(moves).isGreaterThan(100);
    assertThat(events)
        .contains("JobDuplicate", "JobCancelling", "JobUnknown", "JobUnchanged", "JobEnded");
  }

  private static final class History {

    private final PartitionedAdmission admission = new PartitionedAdmission();
    private final Random random;
    private final Map<String, String> cohorts = new HashMap<>();
    private final List<JobKey> submitted = new ArrayList<>();
    private final Set<JobKey> cancelled = new HashSet<>();
    private final Set<JobKey> endedBeforeCancelled = new HashSet<>();
    private int offset;
    private int recent;
    private int moves;

    History(long seed) {
      random = new Random(seed);
      for (int tenant = 0; tenant < TENANTS; tenant++) {
        define(tenant);
      }
    }

    void live(int steps) {
      for (int i = 0; i < steps; i++) {
        step();
      }
    }

    private void step() {
      switch (random.nextInt(20)) {
        case 0 -> define(random.nextInt(TENANTS));
        case 1, 2, 3 -> submit(new JobKey("t" + random.nextInt(TENANTS), "" + submitted.size()));
        case 4, 5 -> resend();
        case 6 -> cancel();
        case 7 -> suspend();
        case 8 -> admission.readHomes(replica(), random.nextInt(9));
        case 9 -> admission.readHomes(replica(), Integer.MAX_VALUE);
        case 10, 11 -> admission.tick(Duration.ofMillis(100));
        case 12, 13, 14 -> finish();
        case 15 -> forget();
        default -> admission.read(random.nextInt(PartitionedAdmission.PARTITIONS));
      }
    }

    void drain() {
      for (int tenant = 0; tenant < TENANTS; tenant++) {
        admission.readAll();
        resume("t" + tenant);
        define(tenant);
      }
      for (int round = 0; round < 300 && !settled(); round++) {
        admission.readAll();
        admission.readHomes(0, Integer.MAX_VALUE);
        admission.tick(Duration.ofMillis(100));
        List.copyOf(admission.drivers.values()).forEach(this::finish);
      }
      admission.readAll();
    }

    private boolean settled() {
      return admission.drivers.isEmpty()
          && admission.results.keySet().containsAll(submitted)
          && cohorts.entrySet().stream()
              .allMatch(entry -> admission.home(entry.getKey()).equals(entry.getValue()));
    }

    void check() {
      assertThat(admission.drivers).isEmpty();
      assertThat(admission.results.keySet()).containsAll(submitted);
      for (JobKey job : submitted) {
        Outcome expected =
            cancelled.contains(job) && !endedBeforeCancelled.contains(job)
                ? Outcome.CANCELLED
                : Outcome.SUCCEEDED;
        assertThat(admission.results.get(job))
            .as(job.toString())
            .singleElement()
            .satisfies(result -> assertThat(result.outcome()).isEqualTo(expected));
      }
      cohorts.forEach((tenant, cohort) -> assertThat(admission.home(tenant)).isEqualTo(cohort));
    }

    private void define(int tenant) {
      String cohort = "c" + random.nextInt(COHORTS);
      String before = cohorts.put("t" + tenant, cohort);
      moves += cohort.equals(before) ? 0 : 1;
      admission.define(
          replica(),
          new TenantLimits(
              "t" + tenant, cohort, TENANT_LIMIT, TenantLimits.UNLIMITED, 1, COHORT_LIMIT));
    }

    private void submit(JobKey job) {
      submitted.add(job);
      admission.submit(replica(), SampleJob.job(job.tenant(), job.id()).published(++offset));
    }

    private void resend() {
      if (recent < submitted.size()) {
        JobKey job = submitted.get(recent + random.nextInt(submitted.size() - recent));
        admission.submit(replica(), SampleJob.job(job.tenant(), job.id()).published(++offset));
      }
    }

    private void cancel() {
      if (recent < submitted.size()) {
        JobKey job = submitted.get(recent + random.nextInt(submitted.size() - recent));
        if (cancelled.add(job) && admission.results.containsKey(job)) {
          endedBeforeCancelled.add(job);
        }
        admission.send(
            replica(),
            new InboxMessage.CancelRequested(
                job, SampleJob.origin("cancel", SampleJob.at(++offset)), null));
      }
    }

    private void suspend() {
      String tenant = "t" + random.nextInt(TENANTS);
      admission.send(
          replica(), new InboxMessage.TenantSuspended(tenant, SampleJob.origin("suspend")));
      if (random.nextBoolean()) {
        resume(tenant);
      }
    }

    private void resume(String tenant) {
      admission.send(replica(), new InboxMessage.TenantResumed(tenant, SampleJob.origin("resume")));
    }

    private void finish() {
      if (!admission.drivers.isEmpty()) {
        List<DesiredDriver> drivers = List.copyOf(admission.drivers.values());
        finish(drivers.get(random.nextInt(drivers.size())));
      }
    }

    /** A job that was cancelled runs until it is stopped. */
    private void finish(DesiredDriver driver) {
      if (driver.stop() || !cancelled.contains(driver.attempt().job())) {
        admission.tick(Duration.ofMillis(1));
        admission.finish(driver);
        admission.readAll();
      }
    }

    /** The ids that were used so far may be used again, so they are not. */
    private void forget() {
      if (random.nextInt(10) == 0) {
        admission.readAll();
        recent = submitted.size();
        admission.tick(RETENTION);
      }
    }

    private int replica() {
      return random.nextInt(PartitionedAdmission.REPLICAS);
    }
  }
}
