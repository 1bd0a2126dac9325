/** Reconciles one desired driver with its observed state. Pure. */
@NullMarked
package io.firesteel.cluster.reconcile;

import org.jspecify.annotations.NullMarked;
