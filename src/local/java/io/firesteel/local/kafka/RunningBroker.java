package io.firesteel.local.kafka;

/** A running broker, in this process or elsewhere. */
public interface RunningBroker extends AutoCloseable {

  /** The addresses for clients. */
  String bootstrapServers();

  @Override
  void close();
}
