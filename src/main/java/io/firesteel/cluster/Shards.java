package io.firesteel.cluster;

/** Makes shards that are connected to the cluster. */
@FunctionalInterface
interface Shards {

  OpenShard open(int partition);
}
