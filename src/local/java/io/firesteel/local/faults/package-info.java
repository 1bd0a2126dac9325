/**
 * Bad weather between a worker and its Kubernetes API: a proxy that delays, refuses, drops and
 * loses, and jobs of pretended pods to send through it.
 */
@NullMarked
package io.firesteel.local.faults;

import org.jspecify.annotations.NullMarked;
