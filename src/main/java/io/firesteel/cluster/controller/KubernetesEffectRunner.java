package io.firesteel.cluster.controller;

import io.firesteel.cluster.api.ApiErrors;
import io.firesteel.cluster.api.ClusterConnection;
import io.firesteel.cluster.api.DiagnosticsCollector;
import io.firesteel.cluster.api.DriverPodClient;
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
 * Carries out a shard's effects against the API server and the inbox. Calls run on virtual threads,
 * as many at once as the replica may, and tenants take turns. None goes out, and no answer counts,
 * while the shard may belong to another replica. Thread-safe.
 */
public final class KubernetesEffectRunner implements EffectRunner {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEffectRunner.class);

  private static final CallResult LEASE_LOST = new CallResult.LeaseLost();

  private final DriverPodClient driverPods;
  private final DiagnosticsCollector diagnosticsCollector;
  private final InboxReporter inbox;
  private final ClusterConnection cluster;
  private final Leases leases;
  private final int partition;

  public KubernetesEffectRunner(
      DriverPodClient driverPods,
      DiagnosticsCollector diagnosticsCollector,
      InboxReporter inbox,
      ClusterConnection cluster,
      Leases leases,
      int shard) {
    this.driverPods = driverPods;
    this.diagnosticsCollector = diagnosticsCollector;
    this.inbox = inbox;
    this.cluster = cluster;
    this.leases = leases;
    this.partition = shard;
  }

  @Override
  public void report(Report report) {
    inbox.send(report);
  }

  @Override
  public void call(String tenant, Call call, Consumer<CallResult> answer) {
    cluster.executor().submit(tenant, () -> answer.accept(underLease(call)));
  }

  private CallResult underLease(Call call) {
    OptionalLong claim = leases.heldEpoch(partition);
    if (claim.isEmpty()) {
      return LEASE_LOST;
    }
    BooleanSupplier owned = () -> leases.heldEpoch(partition).equals(claim);
    CallResult result = recordReachability(execute(call, owned));
    return owned.getAsBoolean() ? result : LEASE_LOST;
  }

  private CallResult recordReachability(CallResult result) {
    if (result instanceof CallResult.RetryLater(String cause, Duration _)
        && cause.equals(ApiErrors.UNREACHABLE)) {
      cluster.reachability().recordNoResponse();
    }
    return result;
  }

  private CallResult execute(Call call, BooleanSupplier owned) {
    try {
      return switch (call) {
        case CreateDriver(var driver) -> driverPods.create(driver, partition, owned);
        case DeletePod delete -> driverPods.delete(delete);
        case GetPod asked -> driverPods.get(asked, partition);
        case Diagnose asked -> new CallResult.Diagnosed(diagnosticsCollector.collect(asked));
        case DeleteOrphan(OrphanedObject orphan) -> driverPods.deleteOrphan(orphan);
      };
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A call to the API server failed in an unknown way");
      return new CallResult.RetryLater(e.getClass().getSimpleName(), null);
    }
  }
}
