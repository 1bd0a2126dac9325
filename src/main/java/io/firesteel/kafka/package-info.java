/**
 * What Firesteel and Kafka agree on: the topics with their settings, JSON on the wire, and the life
 * of a Kafka Streams instance. No decisions.
 */
@NullMarked
package io.firesteel.kafka;

import org.jspecify.annotations.NullMarked;
