package io.firesteel.platform;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * Keeps in a native image what Kafka Streams makes by its name although nobody configured it:
 * Quarkus looks at the settings of its own Streams instance, and Firesteel starts others.
 */
@RegisterForReflection(
    targets = {
      DefaultProductionExceptionHandler.class,
      LogAndFailExceptionHandler.class,
      LogAndFailProcessingExceptionHandler.class
    })
final class NativeKafka {

  private NativeKafka() {}
}
