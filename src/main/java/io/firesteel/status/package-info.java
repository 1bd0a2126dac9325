/**
 * Answers "what is job X doing" on every replica, from the status topic and without asking another
 * replica. It may lag behind the events by a moment.
 */
@NullMarked
package io.firesteel.status;

import org.jspecify.annotations.NullMarked;
