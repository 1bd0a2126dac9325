package io.firesteel.platform;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * Registers the classes that Kafka Streams instantiates by name, even if no setting names them, for
 * the native image. Quarkus registers those of its own Streams instance, but Firesteel starts
 * others.
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
