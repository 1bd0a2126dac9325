/** Kubernetes quantities and JVM memory sizes. */
@NullMarked
package io.firesteel.spec.quantity;

import org.jspecify.annotations.NullMarked;
