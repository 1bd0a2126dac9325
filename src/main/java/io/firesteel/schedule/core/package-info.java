/**
 * Decides which nominal times of a schedule become jobs, as pure functions of its state, an input
 * and the time.
 */
@NullMarked
package io.firesteel.schedule.core;

import org.jspecify.annotations.NullMarked;
