package io.firesteel.cluster;

import io.firesteel.cluster.controller.ClusterController;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.tenant.Cluster;
import io.firesteel.tenant.Clusters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controllers of one partition of the drivers topic, one for each cluster that the partition
 * needs. They share nothing, so an unreachable cluster holds up its own jobs only. A controller is
 * open while its cluster has a desired driver or a pod of the partition; now and then every other
 * cluster is opened too, to delete what earlier owners left there. Used by one stream thread.
 */
final class ClusterRouter implements PartitionController {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRouter.class);

  /**
   * Times of the router.
   *
   * @param closeAfter how long a controller stays open without drivers and pods
   * @param sweepInterval how often a cluster without an open controller is opened
   * @param undefinedWait how long a driver waits for the definition of its cluster, since replicas
   *     do not read a new definition at the same moment
   */
  record Timing(Duration closeAfter, Duration sweepInterval, Duration undefinedWait) {}

  private record OpenCluster(Cluster definition, ClusterController controller) {}

  private final Supplier<Clusters> definitions;
  private final Function<Cluster, ClusterController> opener;
  private final Consumer<Cluster> closed;
  private final Consumer<Effect.Report> inbox;
  private final Timing timing;
  private final Clock clock;
  private final Map<String, OpenCluster> open = new HashMap<>();
  private final Map<String, Instant> sweeps = new HashMap<>();

  /** When to open a cluster again whose connection could not be opened. */
  private final Map<String, Instant> retries = new HashMap<>();

  /** Drivers whose cluster or namespace is not defined, until they are rejected. */
  private final Map<JobKey, Instant> undefined = new HashMap<>();

  private Clusters clusters;
  private boolean started;

  /**
   * Creates a router without controllers.
   *
   * @param closed receives each cluster whose controller was closed
   */
  ClusterRouter(
      Supplier<Clusters> definitions,
      Function<Cluster, ClusterController> opener,
      Consumer<Cluster> closed,
      Consumer<Effect.Report> inbox,
      Timing timing,
      Clock clock) {
    this.definitions = definitions;
    this.opener = opener;
    this.closed = closed;
    this.inbox = inbox;
    this.timing = timing;
    this.clock = clock;
    this.clusters = definitions.get();
  }

  @Override
  public void start() {
    started = true;
    open.values().forEach(cluster -> cluster.controller.start());
  }

  /** Passes a driver to the controller of its cluster, and the end of a job to all controllers. */
  @Override
  public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
    if (driver == null) {
      undefined.remove(job);
      open.values().forEach(cluster -> cluster.controller.setDesired(job, null));
      return;
    }
    Placement placement = driver.placement();
    Cluster cluster = clusters.find(placement.cluster()).orElse(null);
    if (cluster == null || !(cluster.abandoned() || cluster.watches(placement.namespace()))) {
      undefined.putIfAbsent(job, clock.instant());
      return;
    }
    undefined.remove(job);
    if (cluster.abandoned()) {
      reportAbandoned(driver, cluster);
      return;
    }
    ClusterController controller = controller(cluster);
    if (controller != null) {
      controller.setDesired(job, driver);
    }
  }

  @Override
  public void rejectUnreadable(JobKey job, @Nullable KnownAttempt known) {
    undefined.remove(job);
    open.values().forEach(cluster -> cluster.controller.setDesired(job, null));
    if (known != null) {
      Failure failure =
          Failure.of(FailureReason.BUG, "The worker cannot read the job's driver; report a bug");
      report(
          known.cohort(),
          known.hasPod()
              ? new Observation.Gone(known.attempt(), clock.instant(), failure)
              : new Observation.Rejected(known.attempt(), clock.instant(), failure));
    }
  }

  @Override
  public void refresh(Consumer<BiConsumer<JobKey, DesiredDriver>> table) {
    Instant now = clock.instant();
    Set<String> changed = applyDefinitions(now);
    changed.addAll(takeDue(retries, now));
    if (!changed.isEmpty()) {
      table.accept((job, driver) -> {
        if (changed.contains(Clusters.nameOf(driver.placement().cluster()))) {
          setDesired(job, driver);
        }
      });
    }
    if (undefined.values().stream().anyMatch(since -> isOverdue(since, now))) {
      table.accept((job, driver) -> rejectIfOverdue(job, driver, now));
      undefined.values().removeIf(since -> isOverdue(since, now));
    }
    closeIdle(now);
    if (started) {
      sweep(now);
    }
  }

  /** Closes the controllers of clusters that changed; returns the names of all that changed. */
  private Set<String> applyDefinitions(Instant now) {
    Clusters before = clusters;
    clusters = definitions.get();
    Set<String> changed = new HashSet<>(before.byName().keySet());
    changed.addAll(clusters.byName().keySet());
    changed.removeIf(name -> clusters.find(name).equals(before.find(name)));
    for (String name : changed) {
      LOG.atInfo().addKeyValue("cluster", name).log("The definition of a cluster changed");
      close(name);
      retries.remove(name);
      sweeps.put(name, now);
    }
    return changed;
  }

  private static Set<String> takeDue(Map<String, Instant> times, Instant now) {
    Set<String> due = new HashSet<>(times.keySet());
    due.removeIf(name -> Objects.requireNonNull(times.get(name)).isAfter(now));
    times.keySet().removeAll(due);
    return due;
  }

  /** The controller of a cluster, opened if necessary; null if that is impossible now. */
  private @Nullable ClusterController controller(Cluster cluster) {
    OpenCluster known = open.get(cluster.name());
    if (known != null) {
      return known.controller;
    }
    if (retries.containsKey(cluster.name())) {
      return null;
    }
    try {
      ClusterController opened = opener.apply(cluster);
      open.put(cluster.name(), new OpenCluster(cluster, opened));
      if (started) {
        opened.start();
      }
      return opened;
    } catch (IllegalStateException e) {
      LOG.atError()
          .addKeyValue("cluster", cluster.name())
          .addKeyValue("cause", e.getMessage())
          .log("A cluster cannot be opened; its jobs wait");
      retries.put(cluster.name(), clock.instant().plus(timing.undefinedWait));
      return null;
    }
  }

  private void closeIdle(Instant now) {
    for (OpenCluster cluster : List.copyOf(open.values())) {
      Instant since = cluster.controller.idleSince();
      if (since != null && !since.plus(timing.closeAfter).isAfter(now)) {
        close(cluster.definition.name());
        sweeps.put(cluster.definition.name(), now.plus(timing.sweepInterval));
      }
    }
  }

  /** Opens clusters that were closed for long. The first sweeps are spread over the interval. */
  private void sweep(Instant now) {
    List<String> names = new ArrayList<>(new TreeSet<>(clusters.byName().keySet()));
    for (int i = 0; i < names.size(); i++) {
      Duration delay = timing.sweepInterval.multipliedBy(i).dividedBy(names.size());
      sweeps.putIfAbsent(names.get(i), now.plus(delay));
    }
    sweeps.keySet().retainAll(names);
    takeDue(sweeps, now)
        .forEach(name -> {
          clusters.find(name).filter(cluster -> !cluster.abandoned()).ifPresent(this::controller);
          sweeps.put(name, now.plus(timing.sweepInterval));
        });
  }

  private void close(String name) {
    OpenCluster cluster = open.remove(name);
    if (cluster != null) {
      cluster.controller.close();
      closed.accept(cluster.definition);
    }
  }

  private boolean isOverdue(Instant since, Instant now) {
    return !since.plus(timing.undefinedWait).isAfter(now);
  }

  private void rejectIfOverdue(JobKey job, DesiredDriver driver, Instant now) {
    Instant since = undefined.get(job);
    if (since == null || !isOverdue(since, now)) {
      return;
    }
    Placement placement = driver.placement();
    Cluster cluster = clusters.find(placement.cluster()).orElse(null);
    if (cluster == null) {
      String missing = clusters.missing(placement.cluster());
      reject(driver, FailureReason.CLUSTER_UNKNOWN, "spec.cluster " + missing);
    } else {
      String cause =
          "namespace %s is not watched; add it to spec.namespaces of cluster %s, which lists %s"
              .formatted(
                  placement.namespace(), cluster.name(), new TreeSet<>(cluster.namespaces()));
      reject(driver, FailureReason.NAMESPACE_NOT_WATCHED, cause);
    }
  }

  /**
   * Rejects a driver whose pod was never observed. A driver with a pod may still run, so its job
   * keeps its slot until the cluster is defined again, or abandoned.
   */
  private void reject(DesiredDriver driver, FailureReason reason, String cause) {
    JobKey job = driver.attempt().job();
    if (driver.podUid() == null) {
      Failure failure = Failure.of(reason, "Tenant %s: %s".formatted(job.tenant(), cause));
      report(driver.cohort(), new Observation.Rejected(driver.attempt(), clock.instant(), failure));
      return;
    }
    LOG.atWarn()
        .addKeyValue("job", job)
        .addKeyValue("reason", reason.text())
        .addKeyValue("cause", cause)
        .log("The driver's cluster or namespace is not defined; its job keeps its slot");
  }

  private void reportAbandoned(DesiredDriver driver, Cluster cluster) {
    String text =
        "Cluster %s was abandoned; the driver may still run there".formatted(cluster.name());
    FailureReason why = FailureReason.CLUSTER_ABANDONED;
    Failure failure = new Failure(why.category(), false, null, why.text(), text, null);
    report(driver.cohort(), new Observation.Abandoned(driver.attempt(), clock.instant(), failure));
  }

  private void report(String cohort, Observation observation) {
    inbox.accept(new Effect.Report(cohort, observation));
  }

  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::close);
  }
}
