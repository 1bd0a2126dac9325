/**
 * What Firesteel asks of its own intake: jobs and cancellations of schedules. Intake handles an ask
 * like a request, under the policy that is then in force.
 */
@NullMarked
package io.firesteel.ask;

import org.jspecify.annotations.NullMarked;
