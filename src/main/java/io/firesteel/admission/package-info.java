/**
 * Decides which job gets a driver and when. A pure core ({@link
 * io.firesteel.admission.core.Admission#decide}) in a thin Kafka Streams processor.
 *
 * <p>Reads the inbox; writes desired drivers, job events, results and status in one transaction
 * with its state. States of a job: {@link io.firesteel.admission.state.JobState}. One choke point,
 * {@code DecisionContext#transition}, applies every transition; queues, slots, timers and indexes
 * follow from the state before and after, so they cannot disagree with it.
 */
@NullMarked
package io.firesteel.admission;

import org.jspecify.annotations.NullMarked;
