package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Call;
import io.firesteel.cluster.Effect.Create;
import io.firesteel.cluster.Effect.Delete;
import io.firesteel.cluster.Effect.Investigate;
import io.firesteel.cluster.Effect.LookUp;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Remove;
import io.firesteel.cluster.Effect.Report;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a shard's effects against the API server and the inbox. Calls run on virtual threads,
 * as many at once as the replica may, and tenants take turns. Thread-safe.
 */
final class KubernetesEffects implements Effects {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEffects.class);

  private final Drivers drivers;
  private final Inquiry inquiry;
  private final InboxReports inbox;
  private final Turns turns;
  private final int shard;

  KubernetesEffects(Drivers drivers, Inquiry inquiry, InboxReports inbox, Turns turns, int shard) {
    this.drivers = drivers;
    this.inquiry = inquiry;
    this.inbox = inbox;
    this.turns = turns;
    this.shard = shard;
  }

  @Override
  public void report(Report report) {
    inbox.send(report);
  }

  @Override
  public void call(String tenant, Call call, Consumer<Outcome> answer) {
    turns.submit(tenant, () -> answer.accept(carryOut(call)));
  }

  private Outcome carryOut(Call call) {
    try {
      return switch (call) {
        case Create(var driver) -> drivers.create(driver, shard);
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
