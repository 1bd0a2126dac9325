package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** The metrics that driver and executors expose. */
@RegisterForReflection
public record MonitoringSpec(
    @Nullable Boolean exposeDriverMetrics,
    @Nullable Boolean exposeExecutorMetrics,
    @Nullable String metricsProperties,
    @Nullable String metricsPropertiesFile,
    @Nullable PrometheusSpec prometheus) {

  /** The JMX exporter that serves Spark's metrics to Prometheus. */
  @RegisterForReflection
  public record PrometheusSpec(
      String jmxExporterJar,
      @Nullable Integer port,
      @Nullable String portName,
      @Nullable String configFile,
      @Nullable String configuration) {}
}
