/**
 * Faults between a worker and its Kubernetes API: a proxy that delays, rejects and drops requests,
 * loses responses and ends watches.
 */
@NullMarked
package io.firesteel.local.faults;

import org.jspecify.annotations.NullMarked;
