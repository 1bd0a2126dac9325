/** Says why a job waits, runs or failed, in sentences that a person can act on. Pure. */
@NullMarked
package io.firesteel.rest.explain;

import org.jspecify.annotations.NullMarked;
