/** The decision: what becomes of a job, as a pure function of state, input and time. */
@NullMarked
package io.firesteel.admission.core;

import org.jspecify.annotations.NullMarked;
