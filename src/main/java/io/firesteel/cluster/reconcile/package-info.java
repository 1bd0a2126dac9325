/** Reconciles the desired state of one job's driver with the observed state. Pure. */
@NullMarked
package io.firesteel.cluster.reconcile;

import org.jspecify.annotations.NullMarked;
