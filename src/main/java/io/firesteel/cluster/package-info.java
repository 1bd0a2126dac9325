/**
 * Makes the cluster equal to the desired drivers and tells the inbox what the pods did. One shard
 * for each partition of the drivers topic; a shard decides on one thread from what is desired and
 * what it sees, and its effects are idempotent.
 */
@NullMarked
package io.firesteel.cluster;

import org.jspecify.annotations.NullMarked;
