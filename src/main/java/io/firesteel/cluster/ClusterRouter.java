package io.firesteel.cluster;

import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.controller.DriverController;
import io.firesteel.cluster.reconcile.Effect;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.Observation;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureReason;
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
 * The controllers of one partition of the drivers topic, one for each cluster. They share nothing,
 * so an unreachable cluster holds up its own jobs only. Used by one stream thread.
 */
final class ClusterRouter implements PartitionController {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRouter.class);

  private final ClusterNames names;
  private final Map<String, DriverController> controllers;
  private final Consumer<Effect.Report> inbox;
  private final Clock clock;

  ClusterRouter(
      Map<String, DriverController> controllers, Consumer<Effect.Report> inbox, Clock clock) {
    this.names = new ClusterNames(controllers.keySet());
    this.controllers = Map.copyOf(controllers);
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public void start() {
    controllers.values().forEach(DriverController::start);
  }

  /** Passes a driver to the controller of its cluster, and the end of a job to all controllers. */
  @Override
  public void setDesired(JobKey job, @Nullable DesiredDriver driver) {
    if (driver == null) {
      controllers.values().forEach(controller -> controller.setDesired(job, null));
      return;
    }
    Placement placement = driver.placement();
    DriverController controller =
        names.find(placement.cluster()).map(controllers::get).orElse(null);
    if (controller == null) {
      String cause = "spec.cluster " + names.missing(placement.cluster());
      reject(driver, FailureReason.CLUSTER_UNKNOWN, cause);
    } else if (!controller.cluster().watches(placement.namespace())) {
      String cause = explainNotWatched(controller.cluster(), placement.namespace());
      reject(driver, FailureReason.NAMESPACE_NOT_WATCHED, cause);
    } else {
      controller.setDesired(job, driver);
    }
  }

  @Override
  public void rejectUnreadable(JobKey job, @Nullable KnownAttempt known) {
    controllers.values().forEach(controller -> controller.setDesired(job, null));
    if (known != null) {
      Failure failure =
          Failure.of(FailureReason.BUG, "The worker cannot read the driver that it must create");
      inbox.accept(
          new Effect.Report(
              known.cohort(),
              known.hasPod()
                  ? new Observation.Gone(known.attempt(), clock.instant(), failure)
                  : new Observation.Rejected(known.attempt(), clock.instant(), failure)));
    }
  }

  private static String explainNotWatched(ClusterConnection cluster, String namespace) {
    return "namespace %s is not watched; add it to firesteel.clusters.%s.namespaces, which has %s"
        .formatted(namespace, cluster.name(), List.copyOf(cluster.namespaces()));
  }

  /**
   * Rejects a driver whose pod was never observed. A driver with a pod may still run, so its job
   * keeps its slot until the settings name the cluster and the namespace again.
   */
  private void reject(DesiredDriver driver, FailureReason reason, String cause) {
    JobKey job = driver.attempt().job();
    if (driver.podUid() == null) {
      Failure failure = Failure.of(reason, "Tenant %s: %s".formatted(job.tenant(), cause));
      inbox.accept(
          new Effect.Report(
              driver.cohort(),
              new Observation.Rejected(driver.attempt(), clock.instant(), failure)));
      return;
    }
    LOG.atWarn()
        .addKeyValue("job", job)
        .addKeyValue("reason", reason.text())
        .addKeyValue("cause", cause)
        .log(
            "The driver's cluster or namespace is not configured; its job keeps its slot until it"
                + " is");
  }

  @Override
  public void close() {
    controllers.values().forEach(DriverController::close);
  }
}
