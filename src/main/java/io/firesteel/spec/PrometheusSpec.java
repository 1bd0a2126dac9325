package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** The JMX exporter that shows Spark's metrics to Prometheus. */
@RegisterForReflection
public record PrometheusSpec(
    String jmxExporterJar,
    @Nullable Integer port,
    @Nullable String portName,
    @Nullable String configFile,
    @Nullable String configuration) {}
