package io.firesteel.admission.moves;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.admission.core.Admission;
import io.firesteel.admission.core.AdmissionInput;
import io.firesteel.admission.core.AdmissionInput.MessageArrived;
import io.firesteel.admission.core.AdmissionInput.Tick;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.admission.state.InMemoryAdmissionStore;
import io.firesteel.admission.state.WriteBackStore;
import io.firesteel.event.JobEvent;
import io.firesteel.event.JobResult;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.job.TenantLimits;
import io.firesteel.json.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Admission with several partitions of the inbox, and two replicas of intake that learn of the
 * tenants' homes at different times. Checks what must hold after each decision.
 */
final class PartitionedAdmission {

  static final int PARTITIONS = 3;
  static final int REPLICAS = 2;

  private record Inbound(String key, InboxMessage message) {}

  private record Home(String tenant, String cohort) {}

  /** The last event of a job, or of a tenant. */
  private record Place(long generation, long sequence) {}

  private final Admission admission = new Admission(AdmissionSettings.DEFAULT);
  private final List<InMemoryAdmissionStore> stores = new ArrayList<>();
  private final List<Queue<Inbound>> inbox = new ArrayList<>();
  private final Map<String, TenantLimits> definitions = new HashMap<>();
  private final List<Home> homes = new ArrayList<>();
  private final int[] homesRead = new int[REPLICAS];
  private final Map<JobKey, Place> places = new HashMap<>();
  private final Map<String, Long> tenantEvents = new HashMap<>();
  private final Set<Attempt> admitted = new HashSet<>();

  final Map<JobKey, DesiredDriver> drivers = new TreeMap<>();
  final Map<JobKey, List<JobResult>> results = new TreeMap<>();
  final List<String> events = new ArrayList<>();
  Instant now = SampleJob.START;

  PartitionedAdmission() {
    for (int i = 0; i < PARTITIONS; i++) {
      stores.add(new InMemoryAdmissionStore());
      inbox.add(new ArrayDeque<>());
    }
  }

  /** Cohorts are called {@code c0}, {@code c1}, …; tenants {@code t0}, {@code t1}, …. */
  private static int partition(String key) {
    return Integer.parseInt(key.substring(1)) % PARTITIONS;
  }

  void define(int replica, TenantLimits limits) {
    definitions.put(limits.tenant(), limits);
    send(replica, new InboxMessage.TenantDefined(limits));
  }

  private TenantLimits definition(String tenant) {
    return Objects.requireNonNull(definitions.get(tenant));
  }

  /** The desired driver of a job that has one. */
  DesiredDriver driver(JobKey job) {
    return Objects.requireNonNull(drivers.get(job));
  }

  /** Intake writes the cohort of the definition into the job. */
  void submit(int replica, SampleJob job) {
    send(replica, job.cohort(definition(job.key().tenant()).cohort()).submitted());
  }

  void send(int replica, InboxMessage message) {
    String key = message.tenant();
    for (Home home : homes.subList(0, homesRead[replica])) {
      key = home.tenant.equals(message.tenant()) ? home.cohort : key;
    }
    inbox.get(partition(key)).add(new Inbound(key, message));
  }

  /** A replica of intake reads the tenants topic so far, or forgets all of it. */
  void readHomes(int replica, int count) {
    homesRead[replica] = Math.min(count, homes.size());
  }

  void finish(DesiredDriver driver) {
    Observation finished = new Observation.Finished(driver.attempt(), now, null);
    inbox
        .get(partition(driver.cohort()))
        .add(new Inbound(driver.cohort(), new InboxMessage.Observed(finished)));
  }

  /** Reads the next record of a partition; returns whether there was one. */
  boolean read(int partition) {
    Inbound next = inbox.get(partition).poll();
    if (next == null) {
      return false;
    }
    InboxMessage message = JsonCodec.read(JsonCodec.write(next.message), InboxMessage.class);
    decide(partition, new MessageArrived(next.key, message));
    return true;
  }

  void readAll() {
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < PARTITIONS; i++) {
        more |= read(i);
      }
    }
  }

  void tick(Duration time) {
    now = now.plus(time);
    for (int i = 0; i < PARTITIONS; i++) {
      decide(i, new Tick(1_000));
    }
  }

  private void decide(int partition, AdmissionInput input) {
    WriteBackStore store = new WriteBackStore(stores.get(partition));
    List<AdmissionOutput> outputs = admission.decide(store, input, now);
    store.flush();
    for (AdmissionOutput output : outputs) {
      switch (output) {
        case AdmissionOutput.SetDesiredDriver(var job, var driver) -> desire(job, driver);
        case AdmissionOutput.PublishJobEvent(var event) -> published(event);
        case AdmissionOutput.PublishTenantEvent(var event) -> {
          events.add(event.tenant() + " " + event.event().getClass().getSimpleName());
          assertThat(event.header().sequence())
              .isEqualTo(tenantEvents.getOrDefault(event.tenant(), 0L) + 1);
          tenantEvents.put(event.tenant(), event.header().sequence());
        }
        case AdmissionOutput.UpdateStatus(var job, var status) -> {
          if (status == null) {
            assertThat(drivers).as("a live job was forgotten").doesNotContainKey(job);
          }
        }
        case AdmissionOutput.SendToCohort(var cohort, var message) ->
            inbox.get(partition(cohort)).add(new Inbound(cohort, message));
        case AdmissionOutput.UpdateTenantHome(var tenant, var home) ->
            homes.add(new Home(tenant, home.cohort()));
        case AdmissionOutput.PhaseChanged _,
            AdmissionOutput.TenantLoad _,
            AdmissionOutput.TenantLeft _ -> {}
      }
    }
  }

  private void desire(JobKey job, @Nullable DesiredDriver driver) {
    if (driver == null) {
      drivers.remove(job);
      return;
    }
    DesiredDriver before = drivers.put(job, driver);
    if (before == null || !before.attempt().equals(driver.attempt())) {
      assertThat(admitted.add(driver.attempt())).as("%s runs twice", driver.attempt()).isTrue();
      int max = definition(job.tenant()).maxConcurrency();
      assertThat(used(job.tenant())).as("drivers of " + job.tenant()).isLessThanOrEqualTo(max);
      int together = definition(job.tenant()).cohortMaxConcurrency();
      assertThat(drivers.values())
          .filteredOn(other -> other.cohort().equals(driver.cohort()))
          .filteredOn(other -> !other.cohort().equals(job.tenant()))
          .as("drivers of cohort " + driver.cohort())
          .hasSizeLessThanOrEqualTo(together);
    }
  }

  private void published(PublishedJobEvent event) {
    events.add(event.job() + " " + event.event().getClass().getSimpleName());
    Place before = places.getOrDefault(event.job(), new Place(0, 0));
    assertThat(event.generation()).isGreaterThanOrEqualTo(before.generation);
    assertThat(event.header().sequence())
        .as(event.job() + " " + event.event())
        .isEqualTo(event.generation() > before.generation ? 1 : before.sequence + 1);
    places.put(event.job(), new Place(event.generation(), event.header().sequence()));
    if (event.event() instanceof JobEvent.JobEnded(var result)) {
      results.computeIfAbsent(event.job(), _ -> new ArrayList<>()).add(result);
    }
  }

  /** Drivers of a tenant, in any partition. */
  long used(String tenant) {
    return drivers.keySet().stream().filter(job -> job.tenant().equals(tenant)).count();
  }

  /** The cohort to which a tenant moved last; its own name before the first time. */
  String home(String tenant) {
    return homes.reversed().stream()
        .filter(home -> home.tenant.equals(tenant))
        .map(Home::cohort)
        .findFirst()
        .orElse(tenant);
  }
}
