/**
 * Kafka Streams around {@link io.firesteel.workflow.core}: from the workflows topic to asks,
 * events, results and status, and from the events of jobs back to the workflows topic.
 */
@NullMarked
package io.firesteel.workflow;

import org.jspecify.annotations.NullMarked;
