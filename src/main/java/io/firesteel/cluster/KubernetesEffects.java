package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Call;
import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Delete;
import io.firesteel.cluster.Effect.Investigate;
import io.firesteel.cluster.Effect.LookUp;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Remove;
import io.firesteel.cluster.Effect.Report;
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
final class KubernetesEffects implements Effects {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEffects.class);

  private static final Outcome NOT_OURS = new Outcome.NotOurs();

  private final Drivers drivers;
  private final Inquiry inquiry;
  private final InboxReports inbox;
  private final Cluster cluster;
  private final Leases leases;
  private final int shard;

  KubernetesEffects(
      Drivers drivers,
      Inquiry inquiry,
      InboxReports inbox,
      Cluster cluster,
      Leases leases,
      int shard) {
    this.drivers = drivers;
    this.inquiry = inquiry;
    this.inbox = inbox;
    this.cluster = cluster;
    this.leases = leases;
    this.shard = shard;
  }

  @Override
  public void report(Report report) {
    inbox.send(report);
  }

  @Override
  public void call(String tenant, Call call, Consumer<Outcome> answer) {
    cluster.turns().submit(tenant, () -> answer.accept(ifOwned(call)));
  }

  private Outcome ifOwned(Call call) {
    OptionalLong claim = leases.held(shard);
    if (claim.isEmpty()) {
      return NOT_OURS;
    }
    BooleanSupplier owned = () -> leases.held(shard).equals(claim);
    Outcome outcome = noted(carryOut(call, owned));
    return owned.getAsBoolean() ? outcome : NOT_OURS;
  }

  private Outcome noted(Outcome outcome) {
    if (outcome instanceof Outcome.NotNow(String cause, Duration _)
        && cause.equals(ApiAnswers.UNREACHABLE)) {
      cluster.reach().unanswered();
    }
    return outcome;
  }

  private Outcome carryOut(Call call, BooleanSupplier owned) {
    try {
      return switch (call) {
        case Create(var driver) -> drivers.create(driver, shard, owned);
        case Delete delete -> drivers.delete(delete);
        case LookUp(String namespace, String name) -> drivers.lookUp(namespace, name);
        case Investigate asked -> new Outcome.Found(inquiry.of(asked));
        case Remove(Leftover leftover) -> drivers.remove(leftover);
      };
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A call to the API server failed in an unknown way");
      return new Outcome.NotNow(e.getClass().getSimpleName(), null);
    }
  }
}
