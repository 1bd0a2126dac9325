/**
 * Runs jobs at times: a Kafka Streams application, keyed by tenant, that writes an ask for each
 * nominal time of a schedule. {@code schedule.core} decides, {@code schedule.cron} knows the times.
 */
@NullMarked
package io.firesteel.schedule;

import org.jspecify.annotations.NullMarked;
