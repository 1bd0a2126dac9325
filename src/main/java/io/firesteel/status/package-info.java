/**
 * The status of jobs over HTTP. Every replica answers from its own copy of the status topic, which
 * may lag behind the events.
 */
@NullMarked
package io.firesteel.status;

import org.jspecify.annotations.NullMarked;
