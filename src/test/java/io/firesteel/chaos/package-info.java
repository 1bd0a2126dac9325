/**
 * Workers that die, freeze and leave at random moments while jobs flow, judged from outside: by the
 * cluster's audit log and by what is on the topics.
 */
@NullMarked
package io.firesteel.chaos;

import org.jspecify.annotations.NullMarked;
