package io.firesteel.local.kafka;

/** A broker that takes connections, wherever it runs. */
public interface RunningBroker extends AutoCloseable {

  /** What clients connect to. */
  String bootstrapServers();

  @Override
  void close();
}
