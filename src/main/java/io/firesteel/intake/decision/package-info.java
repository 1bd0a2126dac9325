/**
 * Decides what becomes of a message: a job, a control command, a rejection or a dead letter. Pure.
 */
@NullMarked
package io.firesteel.intake.decision;

import org.jspecify.annotations.NullMarked;
