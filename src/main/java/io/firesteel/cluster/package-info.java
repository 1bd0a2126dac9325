/**
 * Makes the driver pods equal to the desired drivers, and reports to the inbox what the pods do.
 * Each partition of the drivers topic and each cluster has a controller; it decides on one thread,
 * and its effects are idempotent.
 */
@NullMarked
package io.firesteel.cluster;

import org.jspecify.annotations.NullMarked;
