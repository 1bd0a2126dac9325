/**
 * The topics with their settings, JSON on the wire, and the lifecycle of Kafka Streams instances.
 */
@NullMarked
package io.firesteel.kafka;

import org.jspecify.annotations.NullMarked;
