package io.firesteel.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A running Kafka Streams instance. A thread that dies is replaced, and its replacement repeats
 * whatever was not committed. Thread-safe.
 */
public final class StreamsApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final String applicationId;
  private final KafkaStreams streams;
  private final LocalState state;

  private StreamsApp(String applicationId, KafkaStreams streams, LocalState state) {
    this.applicationId = applicationId;
    this.streams = streams;
    this.state = state;
  }

  static StreamsApp start(
      String applicationId, Topology topology, Map<String, Object> settings, LocalState state) {
    Properties properties = new Properties();
    properties.putAll(settings);
    // Locks the state directory, or fails if another process has
    KafkaStreams streams = new KafkaStreams(topology, properties);
    try {
      state.prepare();
    } catch (IOException e) {
      streams.close();
      throw new UncheckedIOException("Cannot prepare the state of " + applicationId, e);
    }
    streams.setUncaughtExceptionHandler(
        new StreamThreadReplacement(applicationId, InstantSource.system(), StreamsApp::pause));
    streams.start();
    return new StreamsApp(applicationId, streams, state);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its consumer group. */
  String applicationId() {
    return applicationId;
  }

  /** Its current health. */
  InstanceHealth health() {
    return new InstanceHealth(applicationId, streams.state(), connections() > 0);
  }

  private double connections() {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().group().equals("consumer-metrics"))
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
        .sum();
  }

  /** The instance itself, for its stores and metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  /**
   * Commits and leaves the group, so that other replicas take over at once. Unless that succeeds
   * within 15 s, the next start restores the state from Kafka.
   */
  @Override
  public void close() {
    boolean closed =
        streams.close(new KafkaStreams.CloseOptions().leaveGroup(true).timeout(CLOSE_TIMEOUT));
    if (!closed) {
      warn("Kafka Streams did not close within 15 s; the next start restores the state").log();
    } else if (streams.state() == KafkaStreams.State.NOT_RUNNING) {
      recordCleanShutdown();
    }
  }

  private void recordCleanShutdown() {
    try {
      state.recordCleanShutdown();
    } catch (IOException e) {
      warn("Cannot record the clean shutdown; the next start restores the state").setCause(e).log();
    }
  }

  private LoggingEventBuilder warn(String message) {
    return LOG.atWarn().addKeyValue("application", applicationId).setMessage(message);
  }
}
