package io.firesteel.local.verify;

import io.firesteel.local.kubernetes.audit.AuditEntry;
import io.firesteel.local.kubernetes.audit.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All driver pods in the audit log, in the order of their creation.
 *
 * @param runs the pods that started, and the first of each name
 * @param late the pods with the name of an earlier one that never started a container: creations
 *     that the network delayed
 */
public record DriverRuns(List<DriverRun> runs, List<DriverRun> late) {

  private static final Set<String> FINISHED_PHASES = Set.of("Succeeded", "Failed");
  private static final Set<String> STARTED_PHASES = Set.of("Running", "Succeeded");
  private static final String DRIVER_CONTAINER = "spark-kubernetes-driver";

  public DriverRuns {
    runs = List.copyOf(runs);
    late = List.copyOf(late);
  }

  /** Reads a log, which may still grow. */
  public static DriverRuns read(Path auditLog) {
    try {
      return of(AuditLog.read(auditLog));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the audit log " + auditLog, e);
    }
  }

  static DriverRuns of(Collection<AuditEntry> entries) {
    Map<String, DriverRun> byUid = new LinkedHashMap<>();
    for (AuditEntry entry : entries) {
      if (entry.succeeded() && entry.resource().equals("pods")) {
        record(byUid, entry);
      }
    }
    Set<String> names = new HashSet<>();
    List<DriverRun> late =
        byUid.values().stream()
            .filter(run -> !names.add(run.namespacedName()) && !run.started())
            .toList();
    return new DriverRuns(
        byUid.values().stream().filter(run -> !late.contains(run)).toList(), late);
  }

  private static void record(Map<String, DriverRun> byUid, AuditEntry entry) {
    Instant when = Instant.ofEpochMilli(entry.when());
    if (entry.verb().equals("create") && "driver".equals(entry.labels().get("spark-role"))) {
      byUid.put(entry.uid(), created(entry, when));
      return;
    }
    byUid.computeIfPresent(
        entry.uid(),
        (uid, run) -> {
          DriverRun seen = run.withPhase(entry.phase());
          DriverRun now = hasStarted(entry) ? seen.running() : seen;
          return hasEnded(entry) ? now.endedAt(when) : now;
        });
  }

  private static DriverRun created(AuditEntry entry, Instant when) {
    return new DriverRun(
        entry.labels().getOrDefault("firesteel.io/tenant", ""),
        entry.labels().getOrDefault("firesteel.io/job", ""),
        entry.namespace(),
        entry.name(),
        entry.uid(),
        when,
        false,
        null,
        "Pending");
  }

  private static boolean hasStarted(AuditEntry entry) {
    return STARTED_PHASES.contains(entry.phase())
        || entry.containers().stream()
            .anyMatch(c -> c.name().equals(DRIVER_CONTAINER) && !c.state().equals("waiting"));
  }

  private static boolean hasEnded(AuditEntry entry) {
    return entry.verb().equals("remove")
        || FINISHED_PHASES.contains(entry.phase())
        || entry.containers().stream()
            .anyMatch(c -> c.name().equals(DRIVER_CONTAINER) && c.state().equals("terminated"));
  }

  /** The maximum number of live drivers of a tenant. */
  public long maxConcurrent(String tenant) {
    List<DriverRun> own = of(Set.of(tenant));
    return own.stream().mapToLong(run -> live(own, run.created())).max().orElse(0);
  }

  /** The drivers whose creation exceeded the limit. */
  public List<DriverRun> exceeding(ConcurrencyLimit concurrencyLimit) {
    List<DriverRun> own = of(concurrencyLimit.tenants());
    return own.stream().filter(run -> live(own, run.created()) > concurrencyLimit.max()).toList();
  }

  /** The drivers of some tenants. */
  public List<DriverRun> of(Set<String> tenants) {
    return runs.stream().filter(run -> tenants.contains(run.tenant())).toList();
  }

  private static long live(List<DriverRun> some, Instant moment) {
    return some.stream().filter(run -> run.liveAt(moment)).count();
  }

  /** The runs of each job, by its short name, in the order of their creation. */
  public Map<String, List<DriverRun>> byJob() {
    return runs.stream().collect(Collectors.groupingBy(DriverRun::job));
  }

  /** Short names of jobs that had two live drivers at a time. */
  public Set<String> jobsWithConcurrentDrivers() {
    return byJob().entrySet().stream()
        .filter(
            job -> job.getValue().stream().anyMatch(run -> live(job.getValue(), run.created()) > 1))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Drivers that have not ended, including late ones. */
  public List<DriverRun> live() {
    return Stream.concat(runs.stream(), late.stream()).filter(run -> run.ended() == null).toList();
  }

  /** Driver pods that were created more than once, by namespace and name, without the late ones. */
  public Set<String> podsCreatedTwice() {
    return runs.stream()
        .collect(Collectors.groupingBy(DriverRun::namespacedName, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
