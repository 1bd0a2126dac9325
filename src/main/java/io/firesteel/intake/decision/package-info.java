/** Decides whether a message becomes a job, a control event or a rejection. */
@NullMarked
package io.firesteel.intake.decision;

import org.jspecify.annotations.NullMarked;
