package io.firesteel.kafka;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;

/**
 * The most important of Kafka Streams' metrics, for each instance of this replica. They follow from
 * offsets, so they are correct right after a restart.
 */
@ApplicationScoped
class StreamsMetrics {

  /** Gauge: 1 while the instance processes records; tag application. */
  static final String RUNNING = "firesteel.streams.running";

  /** Gauge: records that this replica has not read yet; tag application. */
  static final String LAG = "firesteel.streams.lag";

  /**
   * Gauge, in seconds: from a record's time stamp to its end in the topology, on average over half
   * a minute, for the slowest task; tag application.
   */
  static final String LATENCY = "firesteel.streams.latency";

  /** Counter: memtables that RocksDB wrote to disk. */
  static final String FLUSHES = "firesteel.rocksdb.flushes";

  private static final int AFTER_ALL_STARTED = 4000;
  private static final double MILLIS = 1000;

  void bind(
      @Observes @Priority(AFTER_ALL_STARTED) StartupEvent event,
      StreamsApps apps,
      MeterRegistry registry) {
    FunctionCounter.builder(FLUSHES, apps, StreamsApps::flushes).register(registry);
    for (StreamsApp app : apps.all()) {
      gauge(registry, RUNNING, app, a -> a.health().ready() ? 1 : 0);
      gauge(registry, LAG, app, a -> values(a, "records-lag").sum());
      gauge(
          registry,
          LATENCY,
          app,
          a ->
              values(a, "record-e2e-latency-avg").map(SourcePriority::latency).max().orElse(0)
                  / MILLIS);
    }
  }

  private static void gauge(
      MeterRegistry registry, String name, StreamsApp app, ToDoubleFunction<StreamsApp> value) {
    Gauge.builder(name, app, value)
        .tags(Tags.of("application", app.applicationId()))
        .register(registry);
  }

  private static DoubleStream values(StreamsApp app, String name) {
    return app.streams().metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .map(Metric::metricValue)
        .filter(Double.class::isInstance)
        .mapToDouble(value -> (Double) value)
        .filter(Double::isFinite);
  }
}
