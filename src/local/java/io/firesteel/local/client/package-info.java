/**
 * Clients as upstream and downstream systems have them: one publishes requests for jobs with
 * simulated pods, one reads results.
 */
@NullMarked
package io.firesteel.local.client;

import org.jspecify.annotations.NullMarked;
