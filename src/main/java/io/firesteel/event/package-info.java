/**
 * What Firesteel tells the world about a job: events, the one result, the latest status. Plain data
 * and its CloudEvents form; decides nothing.
 */
@NullMarked
package io.firesteel.event;

import org.jspecify.annotations.NullMarked;
