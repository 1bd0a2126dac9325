package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.ApiErrors;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
import io.firesteel.cluster.api.FairExecutor;
import io.firesteel.cluster.reconcile.Effect.Call;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.CreateDriver;
import io.firesteel.cluster.reconcile.Effect.DeleteOrphan;
import io.firesteel.cluster.reconcile.Effect.DeletePod;
import io.firesteel.cluster.reconcile.Effect.Diagnose;
import io.firesteel.cluster.reconcile.Effect.GetPod;
import io.firesteel.cluster.reconcile.Effect.Report;
import io.firesteel.cluster.reconcile.OrphanedObject;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a controller's effects against the API server and the inbox. Calls run on the
 * cluster's {@link FairExecutor}. No call goes out, and no result counts, while the partition may
 * belong to another replica. Thread-safe; no method blocks.
 */
public final class KubernetesEffectRunner {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEffectRunner.class);

  private static final CallResult LEASE_LOST = new CallResult.LeaseLost();

  private final DriverPodClient driverPods;
  private final DiagnosticsCollector diagnosticsCollector;
  private final InboxReporter inbox;
  private final ClusterConnection cluster;
  private final Leases leases;
  private final int partition;
  private volatile boolean closed;

  public KubernetesEffectRunner(
      DriverPodClient driverPods,
      DiagnosticsCollector diagnosticsCollector,
      InboxReporter inbox,
      ClusterConnection cluster,
      Leases leases,
      int partition) {
    this.driverPods = driverPods;
    this.diagnosticsCollector = diagnosticsCollector;
    this.inbox = inbox;
    this.cluster = cluster;
    this.leases = leases;
    this.partition = partition;
  }

  void report(Report report) {
    inbox.send(report);
  }

  /** Passes the result on exactly once, on any thread. */
  void call(String tenant, Call call, Consumer<CallResult> onResult) {
    cluster.executor().submit(tenant, () -> onResult.accept(underLease(call)));
  }

  /**
   * Ends the right to call. Another controller may act on the same cluster, under the same lease.
   */
  void close() {
    closed = true;
  }

  private CallResult underLease(Call call) {
    OptionalLong epoch = leases.heldEpoch(partition);
    if (epoch.isEmpty() || closed) {
      return LEASE_LOST;
    }
    BooleanSupplier leaseHeld = () -> !closed && leases.heldEpoch(partition).equals(epoch);
    CallResult result = recordReachability(execute(call, leaseHeld));
    return leaseHeld.getAsBoolean() ? result : LEASE_LOST;
  }

  private CallResult recordReachability(CallResult result) {
    if (result instanceof CallResult.RetryLater(String cause, Duration _)
        && cause.equals(ApiErrors.UNREACHABLE)) {
      cluster.reachability().recordNoResponse();
    }
    return result;
  }

  private CallResult execute(Call call, BooleanSupplier leaseHeld) {
    try {
      return switch (call) {
        case CreateDriver(var driver) -> driverPods.create(driver, partition, leaseHeld);
        case DeletePod delete -> driverPods.delete(delete);
        case GetPod request -> driverPods.get(request, partition);
        case Diagnose request -> new CallResult.Diagnosed(diagnosticsCollector.collect(request));
        case DeleteOrphan(OrphanedObject orphan) -> driverPods.deleteOrphan(orphan);
      };
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .addKeyValue("call", call.getClass().getSimpleName())
          .setCause(e)
          .log("A call to the API server failed unexpectedly; retrying");
      return new CallResult.RetryLater(e.getClass().getSimpleName(), null);
    }
  }
}
