package io.firesteel.cluster;

import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.controller.RunningController;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.job.JobKey;
import io.firesteel.job.Placement;
import io.firesteel.tenant.ClusterNames;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of one partition of the drivers topic, one for each cluster. They share nothing, so
 * that a cluster that cannot be reached holds up its own jobs only. Used by one stream thread.
 */
final class ClusterRouter implements PartitionController {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRouter.class);

  private final ClusterNames names;
  private final Map<String, RunningController> controllers;
  private final Consumer<Effect.Report> inbox;
  private final Clock clock;

  ClusterRouter(Map<String, RunningController> shards, Consumer<Effect.Report> inbox, Clock clock) {
    this.names = new ClusterNames(shards.keySet());
    this.controllers = Map.copyOf(shards);
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public void start() {
    controllers.values().forEach(RunningController::start);
  }

  /** Hands a job to its cluster's shard; that a job is over, to all. */
  @Override
  public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
    if (driver == null) {
      controllers.values().forEach(open -> open.controller().setDesired(job, null));
      return;
    }
    Placement placement = driver.placement();
    RunningController open = names.find(placement.cluster()).map(controllers::get).orElse(null);
    if (open == null) {
      reject(driver, "ClusterUnknown", "spec.cluster " + names.missing(placement.cluster()));
    } else if (!open.cluster().watches(placement.namespace())) {
      reject(
          driver, "NamespaceNotWatched", explainNotWatched(open.cluster(), placement.namespace()));
    } else {
      open.controller().setDesired(job, driver);
    }
  }

  private static String explainNotWatched(ClusterConnection cluster, String namespace) {
    return "namespace %s is not watched; add it to firesteel.clusters.%s.namespaces, which has %s"
        .formatted(namespace, cluster.name(), List.copyOf(cluster.namespaces()));
  }

  /**
   * A driver that was never seen is refused. One that was may still run: its job is held until the
   * settings know the place again, for nobody can tell what became of it.
   */
  private void reject(DesiredDriver driver, String reason, String why) {
    JobKey job = driver.attempt().job();
    if (driver.podUid() == null) {
      Failure failure =
          Failure.of(
              FailureCategory.CONFIGURATION, reason, "Tenant %s: %s".formatted(job.tenant(), why));
      inbox.accept(
          new Effect.Report(
              driver.cohort(),
              new Observation.Rejected(driver.attempt(), clock.instant(), failure)));
      return;
    }
    LOG.atWarn()
        .addKeyValue("job", job)
        .addKeyValue("reason", reason)
        .addKeyValue("cause", why)
        .log("A driver is where this worker cannot look, its job is held");
  }

  @Override
  public void close() {
    controllers.values().forEach(RunningController::close);
  }
}
