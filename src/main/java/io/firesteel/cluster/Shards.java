package io.firesteel.cluster;

/** Makes shards that are connected to their clusters. */
@FunctionalInterface
interface Shards {

  OwnedPartition open(int partition);
}
