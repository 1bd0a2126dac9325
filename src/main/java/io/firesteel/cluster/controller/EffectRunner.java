package io.firesteel.cluster.controller;

import io.firesteel.cluster.reconcile.Effect.Call;
import io.firesteel.cluster.reconcile.Effect.CallResult;
import io.firesteel.cluster.reconcile.Effect.Report;
import java.util.function.Consumer;

/** How a shard reaches the outside. Neither method blocks. */
public interface EffectRunner {

  /** Delivers at least once, in order for one job. */
  void report(Report report);

  /** Answers exactly once, on any thread; tenants take turns. */
  void call(String tenant, Call call, Consumer<CallResult> answer);
}
