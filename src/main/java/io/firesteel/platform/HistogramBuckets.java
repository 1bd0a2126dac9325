package io.firesteel.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Histogram buckets for the durations of jobs, from milliseconds for a launch to hours for a run.
 * They are the same for every tenant and phase, so that they can be added.
 */
@ApplicationScoped
class HistogramBuckets {

  private static final String JOB_TIMER_PREFIX = "firesteel.job.";

  private static final double[] BOUNDS_NANOS =
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
        return timer && id.getName().startsWith(JOB_TIMER_PREFIX)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BOUNDS_NANOS)
                .build()
                .merge(config)
            : config;
      }
    };
  }
}
