package io.firesteel.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.e2e.PublishedEvents;
import io.firesteel.job.Attempt;
import io.firesteel.job.JobKey;
import io.firesteel.local.verify.ConcurrencyLimit;
import io.firesteel.local.verify.DriverRun;
import io.firesteel.local.verify.DriverRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the slots of tenants and cohorts whose limits change. A slot is taken at the time of the
 * event {@code job.admitted} and, at the earliest, free again when the API server knows that the
 * driver ended.
 */
final class SlotCheck {

  private static final String ADMITTED = "io.firesteel.job.admitted.v1";
  private static final String ACCEPTED = "io.firesteel.job.accepted.v1";

  /** One attempt with a driver; {@code ended} is null while the driver lives. */
  private record Slot(
      String tenant, String cohort, String pod, Instant admitted, @Nullable Instant ended) {

    boolean takenAt(Instant moment) {
      return !admitted.isAfter(moment) && (ended == null || ended.isAfter(moment));
    }
  }

  private final LimitHistory limits;
  private final List<DriverRun> runs;
  private final Map<String, Slot> admitted = new HashMap<>();

  private SlotCheck(LimitHistory limits, List<DriverRun> runs) {
    this.limits = limits;
    this.runs = runs;
  }

  /**
   * Reads the events of the jobs.
   *
   * @param limits with the whole inbox; gets the times of decisions
   */
  static SlotCheck of(
      List<ChaosJob> jobs,
      LimitHistory limits,
      DriverRuns drivers,
      PublishedEvents publishedEvents) {
    SlotCheck check = new SlotCheck(limits, drivers.runs());
    Map<String, DriverRun> byPod =
        drivers.runs().stream()
            .collect(Collectors.toMap(DriverRun::pod, run -> run, (first, _) -> first));
    for (ChaosJob job : jobs) {
      check.read(job.key(), publishedEvents.eventsOf(job.key().toString()), byPod);
    }
    return check;
  }

  private void read(JobKey job, List<JsonNode> events, Map<String, DriverRun> byPod) {
    String cohort = job.tenant();
    for (JsonNode event : events) {
      Instant time = Instant.parse(event.path("time").asText());
      String type = event.path("type").asText();
      if (type.equals(ACCEPTED)) {
        cohort = event.path("data").path("cohort").asText();
        limits.accepted(job.toString(), time.toEpochMilli());
      } else if (type.equals(ADMITTED)) {
        int number = event.path("data").path("attempt").asInt();
        Attempt attempt = new Attempt(job, generation(event), number);
        String pod = DriverNames.of(attempt).pod();
        DriverRun run = byPod.get(pod);
        Instant ended = run == null ? time : run.ended();
        admitted.put(pod, new Slot(job.tenant(), cohort, pod, time, ended));
      }
    }
  }

  /** The generation in the id of an event: tenant/job/generation/sequence. */
  static long generation(JsonNode event) {
    String[] parts = event.path("id").asText().split("/", -1);
    return Long.parseLong(parts[parts.length - 2]);
  }

  /** The pods that no event admitted. */
  List<String> unadmitted() {
    return runs.stream()
        .filter(run -> !admitted.containsKey(run.pod()))
        .map(run -> run + " was never admitted")
        .toList();
  }

  /** What was admitted although all slots were taken. */
  List<String> overLimits() {
    List<String> found = new ArrayList<>();
    check(found, Slot::tenant, slot -> limits.ofTenant(slot.tenant(), millis(slot)));
    check(found, Slot::cohort, slot -> limits.ofCohort(slot.cohort(), millis(slot)));
    byHighestLimit(found);
    return found;
  }

  private static long millis(Slot slot) {
    return slot.admitted().toEpochMilli();
  }

  private void check(List<String> found, Function<Slot, String> group, ToIntFunction<Slot> limit) {
    Map<String, List<Slot>> groups =
        admitted.values().stream().collect(Collectors.groupingBy(group));
    groups.forEach((name, slots) -> {
      for (Slot slot : slots) {
        long taken = slots.stream().filter(other -> other.takenAt(slot.admitted())).count();
        int allowed = limit.applyAsInt(slot);
        if (slot.takenAt(slot.admitted()) && taken > allowed) {
          found.add("%s: %s takes slot %d of %d".formatted(name, slot, taken, allowed));
        }
      }
    });
  }

  /** By the API server's log alone: no tenant ever has more drivers than by its highest limit. */
  private void byHighestLimit(List<String> found) {
    Map<String, List<DriverRun>> byTenant =
        runs.stream().collect(Collectors.groupingBy(DriverRun::tenant));
    byTenant.forEach((tenant, own) ->
        new DriverRuns(own, List.of())
            .exceeding(new ConcurrencyLimit(tenant, Set.of(tenant), limits.highestOfTenant(tenant)))
            .forEach(run -> found.add("%s: %s is one too many".formatted(tenant, run))));
  }
}
