package io.firesteel.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Histogram buckets for times that jobs spend: a launch takes a moment, a run takes a night. The
 * same for every tenant and phase, so that they can be added up.
 */
@ApplicationScoped
class Buckets {

  private static final String OF_JOBS = "firesteel.job.";

  private static final double[] NANOSECONDS =
      DoubleStream.of(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 10800, 43200)
          .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
          .toArray();

  @Produces
  @Singleton
  MeterFilter histograms() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        boolean timer = id.getType() == Meter.Type.TIMER;
        return timer && id.getName().startsWith(OF_JOBS)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(NANOSECONDS)
                .build()
                .merge(config)
            : config;
      }
    };
  }
}
