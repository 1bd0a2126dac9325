/**
 * The indexes that follow from a job before and after a decision: queues, slots, timers,
 * dependencies.
 */
@NullMarked
package io.firesteel.admission.index;

import org.jspecify.annotations.NullMarked;
