package io.firesteel.cluster;

/** Makes shards that are connected to their clusters. */
@FunctionalInterface
interface PartitionControllerFactory {

  PartitionController open(int partition);
}
