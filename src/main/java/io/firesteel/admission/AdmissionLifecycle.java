package io.firesteel.admission;

import io.firesteel.event.CloudEventEncoder;
import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Starts and stops the Kafka Streams instance of admission. */
@ApplicationScoped
class AdmissionLifecycle {

  private final AdmissionConfig config;
  private final StreamsApps apps;
  private final Topics topics;
  private final TenantCollector tenants;
  private @Nullable StreamsApp app;

  AdmissionLifecycle(
      AdmissionConfig config,
      StreamsApps apps,
      Topics topics,
      Clock clock,
      MeterRegistry registry,
      PrometheusMeterRegistry prometheus) {
    this.config = config;
    this.apps = apps;
    this.topics = topics;
    this.tenants =
        new TenantCollector(registry, clock).register(prometheus.getPrometheusRegistry());
  }

  /** Encodes the events of all features alike. */
  @Produces
  @Singleton
  CloudEventEncoder encoder() {
    return config.encoder();
  }

  void start(@Observes StartupEvent event) {
    var topology = AdmissionTopology.build(topics, config.settings(), config.encoder(), tenants);
    app = apps.start("firesteel-admission", topology, AdmissionStreamsConfig.exactlyOnce());
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }
}
