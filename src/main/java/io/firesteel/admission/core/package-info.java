/** Decisions about jobs, as pure functions of state, input and time. */
@NullMarked
package io.firesteel.admission.core;

import org.jspecify.annotations.NullMarked;
