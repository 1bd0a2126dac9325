package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.ClusterConnection;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * A shard with its threads: one decides, one watches each namespace or all, one sweeps. Begun and
 * closed by the stream thread that owns the partition.
 */
public final class RunningController implements AutoCloseable {

  private final ClusterConnection cluster;
  private final DriverController controller;
  private final List<PodInformer> watches;
  private final OrphanCollector orphanCollector;
  private final ExecutorService threads;

  public RunningController(
      ClusterConnection cluster,
      DriverController controller,
      List<PodInformer> watches,
      OrphanCollector orphanCollector,
      ExecutorService threads) {
    this.cluster = cluster;
    this.controller = controller;
    this.watches = List.copyOf(watches);
    this.orphanCollector = orphanCollector;
    this.threads = threads;
  }

  public ClusterConnection cluster() {
    return cluster;
  }

  public DriverController controller() {
    return controller;
  }

  /** Starts deciding; what is desired so far must be in the shard's queue already. */
  public void start() {
    threads.execute(controller::run);
    watches.forEach(watch -> threads.execute(watch::run));
    threads.execute(orphanCollector::run);
  }

  @Override
  public void close() {
    orphanCollector.close();
    watches.forEach(PodInformer::close);
    controller.close();
  }
}
