package io.firesteel.cluster;

import java.util.concurrent.ExecutorService;

/**
 * A shard with its threads: one decides, one watches, one sweeps. Begun and closed by the stream
 * thread that owns the partition.
 */
final class OpenShard implements AutoCloseable {

  private final Shard shard;
  private final PodWatch watch;
  private final Sweep sweep;
  private final ExecutorService threads;

  OpenShard(Shard shard, PodWatch watch, Sweep sweep, ExecutorService threads) {
    this.shard = shard;
    this.watch = watch;
    this.sweep = sweep;
    this.threads = threads;
  }

  Shard shard() {
    return shard;
  }

  /** Starts deciding; what is desired so far must be in the shard's queue already. */
  void begin() {
    threads.execute(shard::run);
    threads.execute(watch::run);
    threads.execute(sweep::run);
  }

  @Override
  public void close() {
    sweep.close();
    watch.close();
    shard.close();
  }
}
