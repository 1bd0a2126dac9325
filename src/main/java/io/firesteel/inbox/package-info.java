/**
 * The one ordered log of everything admission must know: jobs, control requests, what the pods did.
 * Keyed by cohort; replaying it replays every decision.
 */
@NullMarked
package io.firesteel.inbox;

import org.jspecify.annotations.NullMarked;
