/**
 * What Firesteel publishes about jobs and tenants: events, results and the latest status, and their
 * encoding as CloudEvents.
 */
@NullMarked
package io.firesteel.event;

import org.jspecify.annotations.NullMarked;
