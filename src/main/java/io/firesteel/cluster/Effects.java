package io.firesteel.cluster;

import io.firesteel.cluster.Effect.Call;
import io.firesteel.cluster.Effect.Outcome;
import io.firesteel.cluster.Effect.Report;
import java.util.function.Consumer;

/** How a shard reaches the outside. Neither method blocks. */
interface Effects {

  /** Delivers at least once, in order for one job. */
  void report(Report report);

  /** Answers exactly once, on any thread; tenants take turns. */
  void call(String tenant, Call call, Consumer<Outcome> answer);
}
