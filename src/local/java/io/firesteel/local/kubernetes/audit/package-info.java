/** The audit log: one JSON line for each write, whether it succeeded or was rejected. */
@NullMarked
package io.firesteel.local.kubernetes.audit;

import org.jspecify.annotations.NullMarked;
