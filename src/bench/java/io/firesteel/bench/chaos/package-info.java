/**
 * Workers that are killed, paused and stopped at random moments while jobs run, checked from
 * outside: by the cluster's audit log and by the records on the topics.
 */
@NullMarked
package io.firesteel.bench.chaos;

import org.jspecify.annotations.NullMarked;
