package io.firesteel.cluster;

import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * A shard with its threads: one decides, one watches each namespace or all, one sweeps. Begun and
 * closed by the stream thread that owns the partition.
 */
final class OpenShard implements AutoCloseable {

  private final Cluster cluster;
  private final Shard shard;
  private final List<PodWatch> watches;
  private final Sweep sweep;
  private final ExecutorService threads;

  OpenShard(
      Cluster cluster, Shard shard, List<PodWatch> watches, Sweep sweep, ExecutorService threads) {
    this.cluster = cluster;
    this.shard = shard;
    this.watches = List.copyOf(watches);
    this.sweep = sweep;
    this.threads = threads;
  }

  Cluster cluster() {
    return cluster;
  }

  Shard shard() {
    return shard;
  }

  /** Starts deciding; what is desired so far must be in the shard's queue already. */
  void begin() {
    threads.execute(shard::run);
    watches.forEach(watch -> threads.execute(watch::run));
    threads.execute(sweep::run);
  }

  @Override
  public void close() {
    sweep.close();
    watches.forEach(PodWatch::close);
    shard.close();
  }
}
