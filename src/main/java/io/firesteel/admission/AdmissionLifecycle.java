package io.firesteel.admission;

import io.firesteel.kafka.StreamsApp;
import io.firesteel.kafka.StreamsApps;
import io.firesteel.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Starts and stops the Kafka Streams instance of admission. */
@ApplicationScoped
class AdmissionLifecycle {

  private final AdmissionConfig config;
  private final StreamsApps apps;
  private final Topics topics;
  private final MeterRegistry registry;
  private @Nullable StreamsApp app;

  AdmissionLifecycle(
      AdmissionConfig config, StreamsApps apps, Topics topics, MeterRegistry registry) {
    this.config = config;
    this.apps = apps;
    this.topics = topics;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    var topology = AdmissionTopology.build(topics, config.settings(), config.encoder(), registry);
    app = apps.start("firesteel-admission", topology, AdmissionStreamsConfig.exactlyOnce());
  }

  void stop(@Observes ShutdownEvent event) {
    if (app != null) {
      app.close();
    }
  }
}
