package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** Which metrics are shown, and how. */
@RegisterForReflection
public record MonitoringSpec(
    @Nullable Boolean exposeDriverMetrics,
    @Nullable Boolean exposeExecutorMetrics,
    @Nullable String metricsProperties,
    @Nullable String metricsPropertiesFile,
    @Nullable PrometheusSpec prometheus) {}
