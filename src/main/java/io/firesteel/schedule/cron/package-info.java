/**
 * Cron expressions as the Spark operator, Kubernetes and Argo read them, and their instants in time
 * zones with their changes of offset. Pure.
 */
@NullMarked
package io.firesteel.schedule.cron;

import org.jspecify.annotations.NullMarked;
